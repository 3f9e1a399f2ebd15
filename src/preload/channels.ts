/** Channel names between the preload and the main process, built from the names of the contract and nothing else. */
export const callChannel = (name: string): string => `usage-desk:call:${name}`;
export const eventChannel = (name: string): string => `usage-desk:event:${name}`;
