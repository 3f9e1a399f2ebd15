/** An instant as part of a file name on every file system, UTC: `20261120T140509123Z`. */
export const fileStamp = (nowMs: number): string => new Date(nowMs).toISOString().replace(/[-:.]/g, '');
