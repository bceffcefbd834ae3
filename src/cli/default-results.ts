/** Where results go that nobody sent elsewhere. */
export const DEFAULT_RESULTS = './results';
