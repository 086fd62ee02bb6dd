/** Mean and standard deviation of a descriptor over the frames of a track that count. */
export interface Statistic {
  readonly mean: number;
  readonly deviation: number;
}
