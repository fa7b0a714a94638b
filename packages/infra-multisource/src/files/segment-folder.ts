// Documents in files that are only ever written whole: each batch makes one, and some of a size are made one larger.
// Of a payment the highest revision counts, in whichever file it is: so it does not matter who is late.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PortFailure } from '@paystrata/application';
import type { Line } from './document-line.ts';
import { codeOf, namesIn } from './durable-files.ts';
import { newestLines } from './newest-lines.ts';
import { SUFFIX, writeSegment } from './segment-writer.ts';
import { Segment } from './segment.ts';

/** So many files of a size are made one; the next size is eight times as large. */
const ALIKE = 8;
/** After they were made one: another process may be reading the names in the folder just now. */
const GRACE_MS = 2000;
const TRIES = 5;

export class SegmentFolder {
  readonly #drafts: string;
  readonly #folder: string;
  #segments = new Map<string, Segment>();
  /** Not read any more, with the time since when. */
  readonly #retired = new Map<string, number>();
  #merging: Promise<void> | null = null;
  #damage: PortFailure | null = null;

  constructor(life: string) {
    this.#drafts = join(life, 'drafts');
    this.#folder = join(life, 'segments');
  }

  /** Sees what other processes wrote. @throws PortFailure `STORE_DAMAGED` once damage was met */
  async look(): Promise<void> {
    if (this.#damage !== null) throw this.#damage;
    await this.#guarded(async () => {
      const before = new Set(this.#segments.keys());
      const opened = await this.#opened();
      // What this process added and took away while it looked.
      for (const [name, segment] of this.#segments) if (!before.has(name)) opened.set(name, segment);
      for (const name of this.#retired.keys()) opened.delete(name);
      this.#segments = opened;
    });
  }

  /** @param lines in the order of their names, each once */
  async add(lines: readonly Line[]): Promise<void> {
    const name = await writeSegment(this.#drafts, this.#folder, lines);
    if (name !== null) this.#segments.set(name, await Segment.open(join(this.#folder, name)));
    this.#mergeWhereDue();
  }

  async find(name: string): Promise<Line | null> {
    return this.#read(async (segments) => {
      const found = await Promise.all(segments.map((segment) => segment.find(name)));
      return found.reduce((best, line) => ((line?.revision ?? -1) > (best?.revision ?? -1) ? line : best), null);
    });
  }

  /** Hands on the lines from the name on, in order, each name once with its highest revision. */
  async over<T>(name: string, work: (lines: AsyncIterable<Line>) => Promise<T>): Promise<T> {
    return this.#read((segments) => work(newestLines(segments, name)));
  }

  organizations(): readonly string[] {
    return [...new Set([...this.#segments.values()].flatMap(({ organizations }) => organizations))];
  }

  /** Whatever their revision. */
  async remove(names: ReadonlySet<string>): Promise<void> {
    await this.#merging;
    await this.look();
    for (const [file, segment] of [...this.#segments]) {
      const found = await Promise.all([...names].map((name) => segment.find(name)));
      if (found.every((line) => line === null)) continue;
      await this.#replace([file], (line) => !names.has(line.name));
    }
    await this.#deleteRetired(0);
  }

  async close(): Promise<void> {
    await this.#merging;
  }

  #opened(): Promise<Map<string, Segment>> {
    return whileFilesGo(async () => {
      const opened = new Map<string, Segment>();
      for (const name of await namesIn(this.#folder)) {
        if (!name.endsWith(SUFFIX) || this.#retired.has(name)) continue;
        opened.set(name, this.#segments.get(name) ?? (await Segment.open(join(this.#folder, name))));
      }
      return opened;
    });
  }

  #read<T>(work: (segments: readonly Segment[]) => Promise<T>): Promise<T> {
    let isFirst = true;
    return this.#guarded(() =>
      whileFilesGo(async () => {
        if (!isFirst) await this.look();
        isFirst = false;
        return work([...this.#segments.values()]);
      }),
    );
  }

  /** What was met once is told by every check until the source is filled again. */
  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PortFailure && error.code === 'STORE_DAMAGED') this.#damage = error;
      throw error;
    }
  }

  #mergeWhereDue(): void {
    if (this.#merging !== null) return;
    const due = [...Map.groupBy(this.#segments, ([, { size }]) => Math.floor(Math.log2(size) / 3)).values()].find(
      (alike) => alike.length >= ALIKE,
    );
    if (due === undefined) return;
    // What fails is tried again with the next batch, and damage is told by the next check.
    this.#merging = this.#guarded(() => this.#replace(due.map(([name]) => name)))
      .then(
        () => true,
        () => false,
      )
      .then((isDone) => {
        this.#merging = null;
        if (isDone) this.#mergeWhereDue();
      });
  }

  async #replace(names: readonly string[], keep: (line: Line) => boolean = () => true): Promise<void> {
    const segments = names.map((name) => this.#segments.get(name)).filter((segment) => segment !== undefined);
    const name = await writeSegment(this.#drafts, this.#folder, kept(newestLines(segments, ''), keep));
    if (name !== null) this.#segments.set(name, await Segment.open(join(this.#folder, name)));
    for (const old of names) {
      this.#segments.delete(old);
      this.#retired.set(old, performance.now());
    }
    await this.#deleteRetired(GRACE_MS);
  }

  async #deleteRetired(afterMs: number): Promise<void> {
    for (const [name, since] of this.#retired) {
      if (performance.now() - since < afterMs) continue;
      await rm(join(this.#folder, name), { force: true });
      this.#retired.delete(name);
    }
  }
}

/** Does it again where a file is gone: another process has made it one with others. */
async function whileFilesGo<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt >= TRIES) throw error;
    }
  }
}

async function* kept(lines: AsyncIterable<Line>, keep: (line: Line) => boolean): AsyncGenerator<Line> {
  for await (const line of lines) if (keep(line)) yield line;
}
