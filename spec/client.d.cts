import type * as client from './client.js' with { 'resolution-mode': 'import' }

export type * from './client.js' with { 'resolution-mode': 'import' }
export declare const createWorkspacesClient: typeof client.createWorkspacesClient
export declare const exportUsage: typeof client.exportUsage
export declare const ExportError: typeof client.ExportError
export type ExportError = client.ExportError
