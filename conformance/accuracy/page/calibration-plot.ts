import type { Calibration } from '../evaluate.ts';

const SIDE = 300;
const MARGIN = 44;
/** Area of a dot grows with the files in its bin. */
const DOT_SCALE = 2.6;

/** Confidence of the tempo against the share of right ones: dots on the diagonal are honest, below it too sure. */
export function calibrationPlot({ bins, count, error, errorInterval, area, areaInterval }: Calibration): string {
  const x = (share: number) => (MARGIN + share * SIDE).toFixed(1);
  const y = (share: number) => (8 + (1 - share) * SIDE).toFixed(1);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<path class="axis" d="M${x(share)},${y(0)}V${y(1)}M${x(0)},${y(share)}H${x(1)}"/>` +
      `<text x="${x(share)}" y="${SIDE + 24}" text-anchor="middle">${100 * share}</text>` +
      `<text x="${MARGIN - 6}" y="${Number(y(share)) + 4}" text-anchor="end">${100 * share}</text>`,
  );
  const path = bins.map(({ confidence, accuracy }) => `${x(confidence)},${y(accuracy)}`).join('L');
  const dots = bins.map(
    (bin) =>
      `<circle class="dot" cx="${x(bin.confidence)}" cy="${y(bin.accuracy)}" r="${(DOT_SCALE * Math.sqrt(bin.count)).toFixed(1)}"><title>${bin.count} files, confidence ${bin.confidence.toFixed(2)}, right ${bin.accuracy.toFixed(2)}</title></circle>`,
  );
  const three = (value: number | null) => (value === null ? 'unknown' : value.toFixed(3));
  const range = (interval: Calibration['areaInterval']) =>
    interval ? ` (${three(interval[0])} to ${three(interval[1])})` : '';
  return `<section><h2>Confidence of the tempo</h2><div class="pair"><svg class="plot" viewBox="0 0 ${SIDE + MARGIN + 12} ${SIDE + 50}" role="img" aria-label="Confidence against share of right tempi">
${grid.join('')}<path class="diagonal" d="M${x(0)},${y(0)}L${x(1)},${y(1)}"/><path class="trend" d="M${path}"/>${dots.join('')}
<text x="${x(0.5)}" y="${SIDE + 44}" text-anchor="middle">confidence, %</text><text transform="translate(12 ${y(0.5)}) rotate(-90)" text-anchor="middle">right (Acc1), %</text></svg>
<div><p>A dot on the line is honest; below it the answers were too sure, above it too modest. Its area is the number of files.</p>
<p>Calibration error ${three(error)}${range(errorInterval)}. A right answer has the higher confidence of a right and a wrong one with chance ${three(area)}${range(areaInterval)}. ${count} files.</p></div></div></section>`;
}
