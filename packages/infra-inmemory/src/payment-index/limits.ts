// How the parts of an index are cut: small in tests, so that every case comes up with few payments.

/** All have defaults; see `createPaymentIndex`. */
export interface IndexLimits {
  /** Items in a sorted run at most, 2 to 65,535: what an insertion moves, and a range sums up at its ends. */
  readonly runLength: number;
  /** Beginnings of tokens up to so many UTF-16 units have postings of their own: 0, 1 or 2. */
  readonly prefixLength: number;
  /** Entries in one `Map`, which is split in two beyond them; V8 takes 2^24, and copies all of them when it grows. */
  readonly mapLimit: number;
  /** More terms under one longer beginning than this, and it gets a posting of its own once it is asked for. */
  readonly unionTerms: number;
  /** Candidates that are looked at one by one before anything else is considered. */
  readonly gather: number;
  /** Organizations with no more payments than this are not indexed: their payments are looked at one by one. */
  readonly few: number;
}

export const defaultLimits: IndexLimits = Object.freeze({
  runLength: 512,
  prefixLength: 2,
  mapLimit: 2 ** 14,
  unionTerms: 2048,
  gather: 4096,
  few: 192,
});
