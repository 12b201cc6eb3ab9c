import { describe, expect, test } from 'vitest'
import { debugPageIn } from './debug-page.ts'

const found = (text: string) => debugPageIn(Buffer.from(text))

describe('what frameworks show to developers is found', () => {
  test.each<[string, string]>([
    [
      'Django',
      '<p>You’re seeing this error because you have <code>DEBUG = True</code> in your Django settings file.',
    ],
    [
      'Django, its routes',
      '<p>Using the URLconf defined in <code>app.urls</code>, Django tried these patterns',
    ],
    [
      'Werkzeug',
      '<title>KeyError // Werkzeug Debugger</title><script src="?__debugger__=yes&amp;cmd=resource">',
    ],
    ['Starlette', '<html><head><title>Starlette Debugger</title>'],
    ['Whoops', '<div class="Whoops container">'],
    ['Laravel as JSON', '{"message":"no","exception":"X","file":"\\/app\\/x.php","line":12,"trace":[]}'],
    ['Rails', '<h1>Action Controller: Exception caught</h1>'],
    ['Rails as JSON', '{"traces":{"Application Trace":[{"id":0,"trace":"app/x.rb:3:in `show\'"}]}}'],
    ['Sinatra', '<h2>Sinatra doesn&rsquo;t know this ditty.</h2>'],
    [
      'Express',
      '<pre>TypeError: x<br> &nbsp; &nbsp;at /srv/app.js:3:9<br> &nbsp; &nbsp;at next (/a/b.js:1:2)</pre>',
    ],
    ['a stack as an array', '{"stack":["Error: x","at f (file:///srv/app.js:3:9)"]}'],
    [
      'Spring',
      '{"status":404,"trace":"o.s.NoResource: no\\r\\n\\tat o.s.web.Handler.handle(Handler.java:585)\\r\\n"}',
    ],
    ['Java’s own modules', 'Exception\n\tat java.base/java.lang.Thread.run(Thread.java:840)'],
    ['.NET', 'System.Exception: x\n   at App.Report.Draw(String id) in C:\\src\\Report.cs:line 42'],
    ['Python', 'Internal error\nTraceback (most recent call last):\n  File "x.py", line 1'],
    ['PHP', '<br />\n<b>Warning</b>:  Undefined variable $x in <b>/var/www/x.php</b> on line <b>3</b><br />'],
    ['an exception of PHP', '#0 /var/www/index.php(12): App\\Report->draw()\n#1 {main}'],
    ['Ruby', "/srv/app/report.rb:12:in `draw': no (RuntimeError)"],
    ['Go', 'panic: runtime error: index out of range\n\ngoroutine 18 [running]:\nmain.main()'],
    ['Perl', 'Can’t locate object method "x" at /srv/app/report.pl line 12.'],
    ['Rust', "thread 'main' panicked at src/main.rs:4:5:"],
  ])('%s', (_, text) => {
    expect(found(text)).toBeDefined()
  })
})

describe('what is no debug page is none', () => {
  test.each<[string, string]>([
    ['a problem', '{"type":"about:blank","title":"Not Found","status":404,"instance":"/workspaces/x"}'],
    ['a page', '<!doctype html><title>404</title><h1>Not Found</h1><p>Look at 10:30:15 or at /help'],
    [
      'Spring without a trace',
      '<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error',
    ],
    ['an id of a trace', '{"traceId":"4bf92f3577b34da6","trace":"00-4bf92f-01","line":3}'],
    ['a parser’s message', '{"detail":"unexpected token at line 3 of the body"}'],
    ['organizations', '{"data":[{"id":"org_1","name":"Traceback Ltd","path":"at/home"}]}'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(found(text)).toBeUndefined()
  })
})

test('a large page is read in bounded time', () => {
  const page = `${'at '.repeat(50_000)}\n${'<'.repeat(200_000)}${'at x ('.repeat(20_000)}`
  const start = performance.now()
  expect(found(page)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(2000)
})
