/** A small contract of an API that is not ours, with a schema that is called as one of ours. Valid and free of lint. */
export const bookshop = `openapi: 3.0.3
info:
  title: Bookshop
  version: 1.0.0
  license: { name: MIT, url: "https://opensource.org/license/mit" }
servers: [{ url: "https://books.example.org" }]
security: [{ key: [] }]
tags: [{ name: books, description: Books }]
paths:
  /books/{id}:
    get:
      operationId: getBook
      summary: A book
      tags: [books]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: verbose, in: query, schema: { type: boolean } }
      responses:
        "200":
          description: A book
          content:
            application/json: { schema: { $ref: "#/components/schemas/Workspace" } }
        "404": { description: No such book }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Workspace:
      type: object
      properties:
        name: { type: integer, example: 3 }
`
