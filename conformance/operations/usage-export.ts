import { defineDownload } from './download-operation.ts'

/** The operation that the suite is about: the usage of a workspace's organizations as a PDF document. */
export const usageExport = defineDownload({
  path: '/workspaces/{workspaceId}/organizations/usage.pdf',
  mediaType: 'application/pdf',
  listPath: '/workspaces/{workspaceId}/organizations',
  statements: 'report',
  expectationOf: ({ workspace, foreignOrganizations: foreign }, organizations) => ({
    organizations,
    workspace: { id: workspace.id, ...(workspace.name && { name: workspace.name }) },
    usage: workspace.usage,
    ...(foreign && { foreign }),
  }),
})
