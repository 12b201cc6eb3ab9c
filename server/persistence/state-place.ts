/** What `--state` names: a file, or a Redis or Valkey by its URL. */
export function readStatePlace(place: string): { redisUrl: string } | { stateFile: string } {
  return /^(redis|valkey)s?:\/\//.test(place) ? { redisUrl: place } : { stateFile: place }
}
