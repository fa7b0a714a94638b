// Many numbers, of which some of certain ranks are asked for, without sorting them all.

const FIRST_CAPACITY = 64;

/** The place, in order, of the nearest rank; −1 where there is no number. See `nearestRank`. */
export function placeOfRank(percent: number, count: number): number {
  return Math.ceil((percent * count) / 100) - 1;
}

export class Numbers {
  #numbers = new Float64Array(FIRST_CAPACITY);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const longer = new Float64Array(this.#length * 2);
      longer.set(this.#numbers);
      this.#numbers = longer;
    }
    this.#numbers[this.#length] = number;
    this.#length += 1;
  }

  /** The number that would stand there in ascending order (Hoare's selection). Puts the others into another order. */
  nth(place: number): number {
    const numbers = this.#numbers;
    let [low, high] = [0, this.#length - 1];
    while (low < high) {
      const pivot = numbers[(low + high) >>> 1] ?? 0;
      let [left, right] = [low, high];
      while (left <= right) {
        while ((numbers[left] ?? pivot) < pivot) left += 1;
        while ((numbers[right] ?? pivot) > pivot) right -= 1;
        if (left > right) break;
        const other = numbers[left] ?? 0;
        numbers[left] = numbers[right] ?? 0;
        numbers[right] = other;
        left += 1;
        right -= 1;
      }
      if (place <= right) high = right;
      else if (place >= left) low = left;
      else break;
    }
    return numbers[place] ?? 0;
  }
}
