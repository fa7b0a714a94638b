// One number a row, for what may be missing.

const FIRST_CAPACITY = 8;
export const NO_LABEL = -1;

export class RowLabels {
  #labels = new Int32Array(FIRST_CAPACITY).fill(NO_LABEL);

  get(row: number): number {
    return this.#labels[row] ?? NO_LABEL;
  }

  set(row: number, label: number): void {
    if (row >= this.#labels.length) this.#lengthen(row + 1);
    this.#labels[row] = label;
  }

  /** Gives back what was reserved for rows that do not exist. */
  shrink(rows: number): void {
    if (rows < this.#labels.length) this.#labels = this.#labels.slice(0, Math.max(rows, FIRST_CAPACITY));
  }

  /** Bytes in typed arrays. */
  get bytes(): number {
    return this.#labels.byteLength;
  }

  #lengthen(rows: number): void {
    const longer = new Int32Array(Math.max(rows, Math.ceil(this.#labels.length * 1.5))).fill(NO_LABEL);
    longer.set(this.#labels);
    this.#labels = longer;
  }
}
