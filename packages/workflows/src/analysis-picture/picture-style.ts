interface Palette {
  readonly ink: string;
  readonly faint: string;
  readonly frame: string;
  readonly line: string;
  readonly curve: string;
  readonly heard: string;
  readonly known: string;
  readonly paper: string;
}

const LIGHT: Palette = {
  ink: '#1b2130',
  faint: '#5d687c',
  frame: '#f1f3f7',
  line: '#d5dae3',
  curve: '#8792a6',
  heard: '#1f5fd0',
  known: '#c2620a',
  paper: '#ffffff',
};

const DARK: Palette = {
  ink: '#eef1f7',
  faint: '#98a3b8',
  frame: '#1a202d',
  line: '#2f3848',
  curve: '#7c879c',
  heard: '#6ea8ff',
  known: '#ffb05c',
  paper: '#0f131c',
};

/** Written out, for many programs that show SVG know no custom properties. */
function colours({ ink, faint, frame, line, curve, heard, known, paper }: Palette): string {
  return `
.analysis-picture text{fill:${ink}}.analysis-picture .sub{fill:${faint}}
.analysis-picture .page{fill:${paper}}.analysis-picture .frame{fill:${frame}}.analysis-picture .grid{stroke:${line}}
.analysis-picture .low,.analysis-picture .mid,.analysis-picture .high{fill:${curve}}.analysis-picture .curve{stroke:${curve}}
.analysis-picture .heard{stroke:${heard}}.analysis-picture .known{stroke:${known}}
.analysis-picture .heard-area,.analysis-picture .heard-text{fill:${heard}}
.analysis-picture .known-area,.analysis-picture .known-text{fill:${known}}
.analysis-picture .border{stroke:${frame}}
`;
}

/**
 * Style of an analysis picture, light or dark as the viewer has it. What was heard is blue, what is known orange: the two
 * stay apart for people who tell red from green badly.
 */
export const ANALYSIS_PICTURE_STYLE = `
.analysis-picture text{font:12px ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.analysis-picture .title{font-size:20px;font-weight:650}.analysis-picture .name{font-weight:600}
.analysis-picture .low{fill-opacity:.45}.analysis-picture .mid{fill-opacity:.6}
.analysis-picture .curve{fill:none;stroke-width:1.3;stroke-linejoin:round}
.analysis-picture .heard,.analysis-picture .known{fill:none;stroke-width:2}
.analysis-picture .strong{stroke-width:3.5}.analysis-picture .thin{stroke-width:1;stroke-opacity:.75}
.analysis-picture .heard-area,.analysis-picture .known-area{fill-opacity:.22}
.analysis-picture .heard-text,.analysis-picture .known-text{font-weight:600}
.analysis-picture .border{stroke-width:1.5}
${colours(LIGHT)}@media (prefers-color-scheme:dark){${colours(DARK)}}
`;
