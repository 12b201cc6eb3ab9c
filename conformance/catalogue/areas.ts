/** The areas of checks, in the order of reports: the part of their ids before the number, and what they are about. */
export const areaTitles = {
  CONTRACT: 'Documented answers',
  AUTH: 'Authentication',
  TOKEN: 'Tokens',
  ACCESS: 'Access to workspaces',
  TENANCY: 'What one tenant learns of another',
  SEQUENCE: 'Several requests together',
  PATH: 'Spellings of the path',
  HTTP: 'HTTP semantics',
  CORS: 'Scripts of other origins',
  CACHE: 'Caching and conditions',
  RANGE: 'Ranges',
  WIRE: 'Messages on the wire',
  PDF: 'The file',
  CONTENT: 'What the document says',
  NEIGHBOUR: 'Operations beside the export',
} as const
