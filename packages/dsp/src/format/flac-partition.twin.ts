export interface PartitionsTwin {
  readonly partitionOrder: number;
  /** Rice parameter of each partition. */
  readonly parameters: readonly number[];
  /** Bits of the whole residual, the parameters among them; an upper bound. */
  readonly bits: number;
}

/** At least the bits of values whose folded magnitudes sum up to `sum`. */
const riceBits = (sum: number, count: number, parameter: number) =>
  count * (parameter + 1) + Math.floor(sum / 2 ** parameter);

function bestParameter(sum: number, count: number): number {
  let parameter = 0;
  while (parameter < 30 && riceBits(sum, count, parameter + 1) < riceBits(sum, count, parameter)) parameter += 1;
  return parameter;
}

/** Tries every partition order up to 6 whose partitions are longer than the order and 15 samples. */
export function planPartitionsTwin(residual: readonly number[], frames: number, order: number): PartitionsTwin {
  let best: PartitionsTwin | undefined;
  for (let partitionOrder = 0; partitionOrder <= 6; partitionOrder++) {
    const count = frames / 2 ** partitionOrder;
    if (!Number.isInteger(count) || (partitionOrder > 0 && count <= Math.max(order, 15))) break;
    const parameters: number[] = [];
    let bits = 6;
    for (let partition = 0; partition < 2 ** partitionOrder; partition++) {
      const part = residual.slice(Math.max(0, partition * count - order), (partition + 1) * count - order);
      const sum = part.reduce((total, value) => total + (value < 0 ? -2 * value - 1 : 2 * value), 0);
      parameters.push(bestParameter(sum, part.length));
      bits += 5 + riceBits(sum, part.length, parameters.at(-1)!);
    }
    if (!best || bits < best.bits) best = { partitionOrder, parameters, bits };
  }
  return best!;
}
