interface Thing {
  type: 'object'
  properties: Record<string, object>
}

/** A valid contract of at least so many characters, its schemas referring to each other in circles: for tests. */
export function largeContract(characters: number) {
  const contract = {
    openapi: '3.0.3',
    info: { title: 'Large', version: '1.0.0' },
    paths: {} as Record<string, object>,
    components: { schemas: {} as { Thing7: Thing } & Record<string, Thing> },
  }
  for (let i = 0, size = 0; size < characters; i++) {
    const [path, schema] = [pathItem(i), thing(i)]
    contract.paths[`/things${i}/{id}`] = path
    contract.components.schemas[`Thing${i}`] = schema
    size += JSON.stringify(path).length + JSON.stringify(schema).length
  }
  return contract
}

const reference = (i: number) => ({ $ref: `#/components/schemas/Thing${i}` })

function thing(i: number): Thing {
  const words = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [
      `field${n}`,
      { type: 'string', maxLength: n + i, description: `Field ${n}` },
    ]),
  )
  return {
    type: 'object',
    properties: {
      ...words,
      name: { type: 'string' },
      next: reference(i % 2 ? i - 1 : i),
      parent: reference(Math.floor(i / 2)),
    },
  }
}

function pathItem(i: number): object {
  const content = { 'application/json': { schema: reference(i) } }
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  return {
    parameters: [id],
    get: { operationId: `get${i}`, responses: { 200: { description: 'It.', content } } },
    put: {
      operationId: `put${i}`,
      requestBody: { content },
      responses: { 200: { description: 'It.', content } },
    },
  }
}
