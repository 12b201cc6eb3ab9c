/** The fields of a path item that are operations (OAS 3.0.3 §4.7.9.1). */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const
export type Method = (typeof methods)[number]
