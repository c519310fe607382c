/**
 * Byte lines: a stream of bytes cut at its newlines, hashed as it passes.
 *
 * Lines are handed on as places in one buffer, without copying or decoding them;
 * whoever takes them must be done before returning. The digest covers the bytes as
 * they came, whatever they are, up to the line at which it is asked for.
 */

import type { Sha256Stream } from "./sha256.ts";

/** No line may be longer; it bounds what must be held. */
export const LINE_BYTES_MAX = 16 * 1024 * 1024;

/** Chunks are taken in steps of this size, so that one huge chunk is not copied whole. */
const STEP_BYTES = 256 * 1024;

const NEWLINE = 0x0a;

/** The line stands in `bytes[from, to)`; its newline follows at `to`. */
export type TakeLine = (bytes: Uint8Array, from: number, to: number) => void;

export class ByteLines {
  private readonly take: TakeLine;
  private readonly hash: Sha256Stream;
  private isHashing = true;
  private buffer = new Uint8Array(4096);
  /** Bytes of the buffer in use. */
  private filled = 0;
  /** Set once a line was longer than LINE_BYTES_MAX: nothing after it is read. */
  isTooLong = false;

  constructor(take: TakeLine, hash: Sha256Stream) {
    this.take = take;
    this.hash = hash;
  }

  /** Bytes after the last newline. */
  get rest(): number {
    return this.filled;
  }

  write(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.isTooLong; at += STEP_BYTES) {
      this.step(chunk.subarray(at, at + STEP_BYTES));
    }
  }

  /** SHA-256 of every byte before `from`, a place in the line now being taken. Ask once. */
  digestBefore(from: number): Uint8Array {
    this.hash.update(this.buffer.subarray(0, from));
    this.isHashing = false;
    return this.hash.digest();
  }

  private step(bytes: Uint8Array): void {
    if (this.filled + bytes.length > this.buffer.length) this.grow(this.filled + bytes.length);
    const searchFrom = this.filled;
    this.buffer.set(bytes, this.filled);
    this.filled += bytes.length;
    const used = this.buffer.subarray(0, this.filled);
    let from = 0;
    let newline = used.indexOf(NEWLINE, searchFrom);
    while (newline >= 0) {
      this.take(this.buffer, from, newline);
      from = newline + 1;
      newline = used.indexOf(NEWLINE, from);
    }
    if (this.isHashing) this.hash.update(this.buffer.subarray(0, from));
    this.buffer.copyWithin(0, from, this.filled);
    this.filled -= from;
    this.isTooLong = this.filled > LINE_BYTES_MAX;
  }

  private grow(length: number): void {
    const larger = new Uint8Array(2 * length);
    larger.set(this.buffer.subarray(0, this.filled));
    this.buffer = larger;
  }
}
