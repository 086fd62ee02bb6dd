// Where things are in `Serato Markers2`, for reader and writer. Source: as `parseSeratoMarkers`.

/** Of the whole, and again of the content that is in base64. */
export const MARKERS_HEADER = [1, 1];
/** Bytes that a writer pads the whole to. */
export const SHORTEST_MARKERS = 470;
/** Bytes that are read; a few thousand are many. */
export const LONGEST_MARKERS = 2 ** 22;

export const CUE_NAME_AT = 12;
export const LOOP_NAME_AT = 20;
/** Bytes with the zero at the end. */
export const LONGEST_CUE_NAME = 0x33;
export const LONGEST_LOOP_NAME = 0x7fec;

/** Milliseconds that are no position. */
export const NO_POSITION = 0xff_ff_ff_ff;
