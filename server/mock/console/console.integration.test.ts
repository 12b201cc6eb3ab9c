import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import request from 'supertest'
import { beforeAll, expect, test } from 'vitest'
import { type App, createApp } from '../../app.ts'
import { generateSigningKey } from '../../authentication/signing-key.ts'
import { tokenDefects } from '../../authentication/tokens.ts'
import { createLog } from '../../log.ts'

const directory = fileURLToPath(new URL('./page', import.meta.url))
let app: App
beforeAll(async () => {
  const signingKey = await generateSigningKey()
  app = await createApp({ signingKey, log: createLog('silent'), controlToken: 'let-me-in' })
})

test('the files are open to all, the data is protected', async () => {
  for (const page of [
    '',
    'reference.html',
    'console.js',
    'viewer/swagger-ui-bundle.js',
    'viewer/swagger-ui.css',
    'pdfjs/pdf.min.mjs',
    'pdfjs/pdf.worker.min.mjs',
  ]) {
    const { status } = await request(app.app).get(`/_mock/${page}`)
    expect({ page, status }).toEqual({ page, status: 200 })
  }
  for (const data of [
    'personas',
    'token?persona=owner',
    'requests',
    'scenarios',
    'workspaces',
    'openapi.json',
  ]) {
    const { status } = await request(app.app).get(`/_mock/${data}`)
    expect({ data, status }).toEqual({ data, status: 401 })
  }
})

test('the pages allow only their own scripts, and no framing', async () => {
  const { headers } = await request(app.app).get('/_mock/')
  expect(headers['content-security-policy']).toMatch(/default-src 'none';script-src 'self';/)
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect((await request(app.app).get('/_mock')).headers.location).toBe('/_mock/')
})

test('of other packages only the files that the pages load are served', async () => {
  const ask = (file: string) =>
    request(app.app).get(`/_mock/${file}`).set('Authorization', 'Bearer let-me-in')
  const ofViewer = ['package.json', 'index.html', '..%2fconsole.js', 'swagger-ui-es-bundle.js', 'pdf.min.mjs']
  const ofPdfjs = ['package.json', 'pdf.mjs', 'pdf.sandbox.min.mjs', '..%2fconsole.js']
  const others = [...ofViewer.map((name) => `viewer/${name}`), ...ofPdfjs.map((name) => `pdfjs/${name}`)]
  for (const file of others) {
    const { status } = await ask(file)
    expect({ file, status }).toEqual({ file, status: 404 })
  }
})

test('no file refers to another host', () => {
  for (const file of readdirSync(directory).filter((name) => !name.endsWith('.svg'))) {
    expect(readFileSync(`${directory}/${file}`, 'utf8')).not.toMatch(/https?:\/\//)
  }
})

test('the contract names this mock as its server', async () => {
  const { body } = await request(app.app).get('/_mock/openapi.json').set('Authorization', 'Bearer let-me-in')
  expect(body.servers).toEqual([{ url: '/', description: 'This mock' }])
  expect(Object.keys(body.paths)).toContain('/workspaces/{workspaceId}/organizations/usage.pdf')
})

test('a token with a defect can be requested; the defects are listed with labels', async () => {
  const ask = (defect: string) =>
    request(app.app)
      .get('/_mock/token')
      .query({ persona: 'owner', defect })
      .set('Authorization', 'Bearer let-me-in')
  const { access_token } = (await ask('expired')).body
  const { exp } = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString())
  expect(exp * 1000).toBeLessThan(Date.now())
  expect((await ask('broken')).status).toBe(400)
  const { body } = await request(app.app).get('/_mock/personas').set('Authorization', 'Bearer let-me-in')
  expect(body.tokenDefects).toContainEqual({ name: 'expired', label: 'Expired' })
  expect(body.tokenDefects.map(({ name }: { name: string }) => name)).toEqual(tokenDefects)
})

test('a browser that opens the root is led to the console; a client of the API is not', async () => {
  const browser = await request(app.app).get('/').set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8')
  expect([browser.status, browser.headers.location]).toEqual([302, '/_mock/'])
  expect((await request(app.app).get('/').set('Accept', '*/*')).status).toBe(401)
  expect((await request(app.app).get('/').set('Accept', 'application/json, text/html')).status).toBe(401)
  expect((await request(app.app).post('/').set('Accept', 'text/html')).status).toBe(401)
  expect(app.requests().map(({ method }) => method)).toEqual(['GET', 'GET', 'POST'])
})
