/** A program of a deployment. In its arguments `@PORT@`, `@BACKEND@`, `@DIR@` and `@CONFIG@` are filled in. */
export interface Program {
  command: string
  args: string[]
  /** A file of `proxies/`, written with the same places filled in. */
  config?: string
}

/** A deployment as an experienced developer would write and run it: an application, and what stands before it. */
export interface RealDeployment {
  name: string
  app: Program
  proxy?: Program
}

/** Debian's own, which has the Debian packages. */
const python = (file: string): Program => ({ command: '/usr/bin/python3', args: [file] })
const bottle = python('bottle_app.py')
const tornado = python('tornado_app.py')
const pyramid = python('pyramid_app.py')

/** Stacks that Debian packages; the names are those of `expected.json`. */
export const realDeployments: RealDeployment[] = [
  { name: 'bottle on waitress', app: bottle },
  { name: 'tornado', app: tornado },
  { name: 'aiohttp', app: python('aiohttp_app.py') },
  {
    name: 'falcon on gunicorn',
    app: {
      command: 'gunicorn',
      args: ['--bind', '127.0.0.1:@PORT@', '--log-level', 'error', 'falcon_app:app'],
    },
  },
  { name: 'starlette on uvicorn', app: python('starlette_app.py') },
  { name: 'pyramid on waitress', app: pyramid },
  { name: 'cherrypy', app: python('cherrypy_app.py') },
  {
    name: 'dancer2 on starman',
    app: { command: 'starman', args: ['--listen', '127.0.0.1:@PORT@', '--workers', '2', 'dancer2_app.pl'] },
  },
  {
    name: 'bottle behind lighttpd',
    app: bottle,
    proxy: { command: 'lighttpd', args: ['-D', '-f', '@CONFIG@'], config: 'lighttpd.conf' },
  },
  {
    name: 'tornado behind nghttpx',
    app: tornado,
    proxy: { command: 'nghttpx', args: ['--conf=@CONFIG@'], config: 'nghttpx.conf' },
  },
  {
    name: 'pyramid behind a cache of nginx',
    app: pyramid,
    proxy: { command: 'nginx', args: ['-c', '@CONFIG@', '-p', '@DIR@'], config: 'nginx.conf' },
  },
  {
    name: 'starlette behind squid',
    app: python('starlette_app.py'),
    proxy: { command: 'squid', args: ['-N', '-f', '@CONFIG@'], config: 'squid.conf' },
  },
]
