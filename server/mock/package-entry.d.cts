import type * as entry from './package-entry.js' with { 'resolution-mode': 'import' }

export type * from './package-entry.js' with { 'resolution-mode': 'import' }
export declare const aWorkspace: typeof entry.aWorkspace
export declare const anOrganization: typeof entry.anOrganization
export declare const createMock: typeof entry.createMock
