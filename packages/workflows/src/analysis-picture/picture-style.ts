/**
 * Colours of an analysis picture, light or dark as the viewer has it. What was heard is blue, what is known orange: the
 * two stay apart for people who tell red from green badly.
 */
export const ANALYSIS_PICTURE_STYLE = `
.analysis-picture{--ink:#1b2130;--faint:#5d687c;--frame:#f1f3f7;--line:#d5dae3;--curve:#8792a6;--heard:#1f5fd0;--known:#c2620a;--paper:#ffffff}
@media (prefers-color-scheme:dark){.analysis-picture{--ink:#eef1f7;--faint:#98a3b8;--frame:#1a202d;--line:#2f3848;--curve:#7c879c;--heard:#6ea8ff;--known:#ffb05c;--paper:#0f131c}}
.analysis-picture text{font:12px ui-sans-serif,system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;fill:var(--ink)}
.analysis-picture .name{font-weight:600}.analysis-picture .sub{fill:var(--faint)}
.analysis-picture .frame{fill:var(--frame)}.analysis-picture .grid{stroke:var(--line)}
.analysis-picture .low{fill:var(--curve);fill-opacity:.45}.analysis-picture .mid{fill:var(--curve);fill-opacity:.6}.analysis-picture .high{fill:var(--curve)}
.analysis-picture .curve{fill:none;stroke:var(--curve);stroke-width:1.3;stroke-linejoin:round}
.analysis-picture .heard{stroke:var(--heard);fill:none;stroke-width:2}.analysis-picture .known{stroke:var(--known);fill:none;stroke-width:2}
.analysis-picture .strong{stroke-width:3.5}.analysis-picture .thin{stroke-width:1;stroke-opacity:.75}
.analysis-picture .heard-area{fill:var(--heard);fill-opacity:.22}.analysis-picture .known-area{fill:var(--known);fill-opacity:.22}
.analysis-picture .heard-text{fill:var(--heard);font-weight:600}.analysis-picture .known-text{fill:var(--known);font-weight:600}
.analysis-picture .border{stroke:var(--frame);stroke-width:1.5}
`;

/** What a picture needs in addition when it is a page of its own. */
export const PAGE_STYLE = `
.analysis-picture .page{fill:var(--paper)}.analysis-picture .title{font-size:20px;font-weight:650}
`;
