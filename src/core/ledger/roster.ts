/**
 * Roster: byte strings, numbered from 0 in the order in which they first came.
 *
 * A verifier must know for a million entries whether an id came before and which
 * version a subject has reached. A Set of strings would cost a string for every
 * line; here the bytes are copied once into one arena and found again by hash
 * (FNV-1a, open addressing), about 60 bytes for each id. Nothing can be removed.
 */

export type Roster = {
  readonly size: number;
  /** The number of `bytes[from, to)`: its old one, or `size` as it was before the call. */
  numberOf(bytes: Uint8Array, from: number, to: number): number;
  /** The bytes that have this number; ASCII, as everything in an entry's head. */
  text(number: number): string;
};

export const roster = (): Roster => new Arena();

class Arena implements Roster {
  size = 0;
  private letters = new Uint8Array(1 << 12);
  /** Where each string ends in `letters`; it begins where the one before it ends. */
  private ends = new Uint32Array(1 << 7);
  private hashes = new Int32Array(1 << 7);
  /** Number + 1 of the string that hashes here; 0 where there is none. At most half are taken. */
  private slots = new Uint32Array(1 << 8);

  numberOf(bytes: Uint8Array, from: number, to: number): number {
    const hash = hashOf(bytes, from, to);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = (this.slots[slot] as number) - 1;
      if (number < 0) break;
      if (this.hashes[number] === hash && this.holds(number, bytes, from, to)) return number;
      slot = (slot + 1) & mask;
    }
    if (this.size === this.ends.length) this.grow();
    return this.add(hash, bytes, from, to);
  }

  text(number: number): string {
    return String.fromCharCode(...this.letters.subarray(this.start(number), this.ends[number]));
  }

  private start(number: number): number {
    return number === 0 ? 0 : (this.ends[number - 1] as number);
  }

  private holds(number: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.start(number);
    if ((this.ends[number] as number) - start !== to - from) return false;
    for (let k = 0; k < to - from; k++) {
      if (this.letters[start + k] !== bytes[from + k]) return false;
    }
    return true;
  }

  private add(hash: number, bytes: Uint8Array, from: number, to: number): number {
    const number = this.size;
    const start = this.start(number);
    const end = start + to - from;
    if (end > this.letters.length) this.letters = enlarged(this.letters, 2 * end);
    for (let k = from; k < to; k++) this.letters[start + k - from] = bytes[k] as number;
    this.ends[number] = end;
    this.hashes[number] = hash;
    this.place(hash, number);
    this.size += 1;
    return number;
  }

  private place(hash: number, number: number): void {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    this.slots[slot] = number + 1;
  }

  private grow(): void {
    const ends = new Uint32Array(2 * this.size);
    ends.set(this.ends);
    this.ends = ends;
    const hashes = new Int32Array(2 * this.size);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.slots = new Uint32Array(4 * this.size);
    for (let number = 0; number < this.size; number++) {
      this.place(hashes[number] as number, number);
    }
  }
}

function enlarged(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(length);
  larger.set(bytes);
  return larger;
}

/** The last letters tell ids and subjects apart; the first are much alike. */
const HASHED_LETTERS = 20;

function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let k = Math.max(from, to - HASHED_LETTERS); k < to; k++)
    hash = Math.imul(hash ^ (bytes[k] as number), 0x01000193);
  // FNV's low bits are its weakest, and they choose the slot.
  return hash ^ (hash >>> 15);
}
