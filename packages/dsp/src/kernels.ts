import { type KernelExports, kernelsWasmBase64 } from '../build/kernels-wasm.js';
import { decodeBase64 } from './base64.ts';
import { DspError, requireInteger } from './errors.ts';

/** The largest arena of one instance, in bytes: linear memory is capped at 2 GiB. */
const MAXIMUM_BYTES = 2 ** 31 - 2 ** 20;

let compiled: WebAssembly.Module | undefined;

/**
 * The compiled kernels. Compiled once per thread; hand it to `new Kernels(module)` in a worklet to skip compiling there.
 */
export function compileKernels(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(decodeBase64(kernelsWasmBase64));
  return compiled;
}

/**
 * One instance of the kernel module with its own memory: one per thread. Processors allocate their state from its
 * arena when they are made and never while they process. State is freed in the reverse order of allocation by
 * `release`; a long-running thread takes a mark, does one job, and releases the mark, so memory is touched once and
 * used again.
 */
export class Kernels {
  /** The raw exports of the module: pointers in, numbers out. For the faces in this package. */
  readonly wasm: KernelExports;

  constructor(module: WebAssembly.Module = compileKernels()) {
    this.wasm = new WebAssembly.Instance(module, {}).exports as unknown as KernelExports;
  }

  /**
   * Reserves zeroed memory, aligned to 16 bytes. Detaches every view taken before when memory has to grow.
   * @param bytes whole number, at least 0
   * @returns the address
   * @throws DspError 'out-of-memory' when the instance would exceed 2 GiB
   */
  allocate(bytes: number): number {
    requireInteger('bytes', bytes, 0, Number.MAX_SAFE_INTEGER);
    const pointer = bytes > MAXIMUM_BYTES ? 0 : this.wasm.arenaAllocate(bytes);
    if (pointer === 0) throw new DspError('out-of-memory', `no ${bytes} bytes left in the kernels' memory (2 GiB)`);
    return pointer;
  }

  /** As `allocate`, for `length` 32-bit floats. */
  allocateFloats(length: number): number {
    return this.allocate(length * 4);
  }

  /** The present top of the arena. */
  mark(): number {
    return this.wasm.arenaMark();
  }

  /** Frees everything allocated since `mark`; processors made since then must not be used any more. */
  release(mark: number): void {
    this.wasm.arenaRelease(mark);
  }

  /** Does some work and frees what it allocated. */
  lend<Result>(work: () => Result): Result {
    const mark = this.mark();
    try {
      return work();
    } finally {
      this.release(mark);
    }
  }

  /** Copies values into memory of their own, as `allocateFloats`. @returns the address */
  place(values: Float32Array): number {
    const pointer = this.allocateFloats(values.length);
    this.floats(pointer, values.length).set(values);
    return pointer;
  }

  /** As `place`, for 64-bit floats. */
  placeDoubles(values: Float64Array): number {
    const pointer = this.allocate(8 * values.length);
    this.doubles(pointer, values.length).set(values);
    return pointer;
  }

  /** Makes room for `bytes` more, so that allocations up to that size do not grow memory (and detach no view). */
  reserve(bytes: number): void {
    const mark = this.mark();
    this.allocate(bytes);
    this.release(mark);
  }

  /** A view of `length` floats at `pointer`. Valid until memory grows: take it again after an allocation. */
  floats(pointer: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.wasm.memory.buffer as ArrayBuffer, pointer, length);
  }

  /** As `floats`, for bytes. */
  bytes(pointer: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.wasm.memory.buffer as ArrayBuffer, pointer, length);
  }

  /** As `floats`, for 32-bit whole numbers. */
  integers(pointer: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.wasm.memory.buffer as ArrayBuffer, pointer, length);
  }

  /** As `floats`, for 64-bit floats. */
  doubles(pointer: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.wasm.memory.buffer as ArrayBuffer, pointer, length);
  }
}
