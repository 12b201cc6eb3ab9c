import type { Element } from '../element.ts'

/** The name of a schema below `#/components/schemas`. */
export const componentName = ({ pointer }: Element): string | undefined =>
  /^\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1]
