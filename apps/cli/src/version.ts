/** The version of the program: that of the workspace, checked by a test. */
export const version = '0.1.0';
