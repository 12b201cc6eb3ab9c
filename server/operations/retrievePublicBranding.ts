import { jsonResponse } from '../http/api-response.ts'
import { Problem } from '../http/problem.ts'
import type { Handler } from './handler.ts'

export const retrievePublicBranding: Handler<'retrievePublicBranding'> = ({ path, state }) => {
  const organization = [...state.workspaces.values()]
    .flatMap(({ organizations }) => organizations)
    .find(({ id, external_id }) => id === path.id || external_id === path.id)
  if (!organization) throw new Problem('not_found', 'There is no such organization.')
  const { name, picture = null, branding } = organization
  return jsonResponse(200, {
    display_name: branding?.display_name ?? name,
    picture,
    ...(branding?.colors && { colors: branding.colors }),
  })
}
