import { existsSync } from 'node:fs'
import { readBoundedText } from '../../spec/bounded-file.ts'

/** A comment as both services describe it. */
export interface Comment {
  id: number
  body: string
  /** Whose it is; GitHub says also whether that is a program. */
  author: { id: number; isBot: boolean }
}

/** Where the comments of one pull or merge request are read and written. */
export interface CommentThread {
  /** For messages, such as `pull request 7`. */
  name: string
  /** Lists and creates comments. */
  url: string
  updateUrl(id: number): string
  updateMethod: 'PATCH' | 'PUT'
  /** The account that the token belongs to; GitHub refuses to say it to a workflow's own token. */
  accountUrl: string
  headers: Record<string, string>
  /** The most characters of a comment. */
  limit: number
  /** What the token has to be allowed. */
  permission: string
  read(comment: unknown): Comment
}

/** Finds the pull request (GitHub) or merge request (GitLab) of this job, or says why there is none. */
export function commentThreadOf(env: NodeJS.ProcessEnv): CommentThread | { missing: string } {
  if (env.GITHUB_ACTIONS === 'true') return onGitHub(env)
  if (env.GITLAB_CI === 'true') return onGitLab(env)
  return { missing: 'this is no job of GitHub Actions or GitLab CI' }
}

function onGitHub(env: NodeJS.ProcessEnv): CommentThread | { missing: string } {
  const { GITHUB_API_URL: api = 'https://api.github.com', GITHUB_REPOSITORY: repository, GITHUB_TOKEN } = env
  const number = pullRequestNumber(env)
  if (!number) return { missing: 'this job is not about a pull request' }
  if (!GITHUB_TOKEN || !repository) return { missing: 'GITHUB_TOKEN or GITHUB_REPOSITORY is not set' }
  const issues = `${api}/repos/${repository}/issues`
  return {
    name: `pull request ${number}`,
    url: `${issues}/${number}/comments`,
    updateUrl: (id) => `${issues}/comments/${id}`,
    updateMethod: 'PATCH',
    accountUrl: `${api}/user`,
    headers: {
      authorization: `Bearer ${GITHUB_TOKEN}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    },
    limit: 65_536,
    permission:
      '`permissions: { pull-requests: write }`; pull requests from forks have a token that only reads',
    read(comment) {
      const { id, body, user } = comment as { id: number; body?: string; user?: { id: number; type: string } }
      return { id, body: body ?? '', author: { id: user?.id ?? 0, isBot: user?.type === 'Bot' } }
    },
  }
}

/** From the event that started the workflow, or from `refs/pull/7/merge`. */
function pullRequestNumber({ GITHUB_EVENT_PATH: path, GITHUB_REF: ref = '' }: NodeJS.ProcessEnv) {
  const event = path && existsSync(path) ? readEvent(path) : undefined
  const number = event?.pull_request?.number ?? /^refs\/pull\/(\d+)\//.exec(ref)?.[1]
  return Number.isSafeInteger(Number(number)) ? Number(number) : undefined
}

/** GitHub's largest events have 25 MB. */
const longestEvent = 32 * 2 ** 20

function readEvent(path: string): { pull_request?: { number?: unknown } } | null {
  try {
    return JSON.parse(readBoundedText(path, longestEvent))
  } catch (error) {
    throw new Error(`GITHUB_EVENT_PATH ${path}: ${(error as Error).message}`, { cause: error })
  }
}

function onGitLab(env: NodeJS.ProcessEnv): CommentThread | { missing: string } {
  const { CI_API_V4_URL: api, CI_PROJECT_ID: project, CI_MERGE_REQUEST_IID: number, GITLAB_TOKEN } = env
  if (!number) return { missing: 'this job is not about a merge request' }
  if (!GITLAB_TOKEN) return { missing: 'GITLAB_TOKEN is not set; the job token may not write notes' }
  const notes = `${api}/projects/${project}/merge_requests/${number}/notes`
  return {
    name: `merge request ${number}`,
    url: notes,
    updateUrl: (id) => `${notes}/${id}`,
    updateMethod: 'PUT',
    accountUrl: `${api}/user`,
    headers: { 'private-token': GITLAB_TOKEN },
    limit: 1_000_000,
    permission: 'a project access token with the scope `api`',
    read(comment) {
      const { id, body, author } = comment as { id: number; body: string; author: { id: number } }
      return { id, body, author: { id: author.id, isBot: false } }
    },
  }
}
