import { encode, joinToken, splitToken, type TokenParts } from './tokens.ts'

type Members = Record<string, unknown>

/** How to make a token from the member's: what changes in header and claims, and what becomes of the signature. */
export interface TokenRecipe {
  header: Members
  claims: Members
  /** What is left out: `aud` of the claims, `header.kid` of the header. */
  without: string[]
  /** `minted`: by the profile's key. `kept`: the member's own. `none`: empty. Else: the third segment as it is. */
  signature: string
}

/** A longer signature is one that somebody made: it is not repeated. */
const longestSignature = 15

/** The recipe of a token that is the member's but for header, claims or a missing signature; undefined of any other. */
export function recipeOf(token: string, member: TokenParts): TokenRecipe | undefined {
  const parts = splitToken(token)
  if (!parts) return undefined
  const { header, payload, signature } = parts
  const isKept = signature === member.signature
  const isPart = signature !== '' && member.signature.startsWith(signature)
  if (!isKept && (isPart || signature.length > longestSignature)) return undefined
  return {
    header: changed(header, member.header),
    claims: changed(payload, member.payload),
    without: [
      ...missing(header, member.header).map((name) => `header.${name}`),
      ...missing(payload, member.payload),
    ],
    signature: isKept ? 'kept' : signature || 'none',
  }
}

/** The recipe of a token that the profile's key signed; a member that is undefined is left out. */
export function recipeOfMinted(claims: Members, header: Members): TokenRecipe {
  const isGone = (members: Members) => (name: string) => members[name] === undefined
  return {
    header,
    claims,
    without: [
      ...Object.keys(header)
        .filter(isGone(header))
        .map((name) => `header.${name}`),
      ...Object.keys(claims).filter(isGone(claims)),
    ],
    signature: 'minted',
  }
}

/** The command line that makes the token again, from the profile of this file. */
export function recipeCommand({ header, claims, without, signature }: TokenRecipe, profile: string): string {
  const json = (option: string, members: Members) => {
    const text = JSON.stringify(members)
    return text === '{}' ? [] : [option, text]
  }
  const options = [
    ...json('--header', header),
    ...json('--claims', claims),
    ...without.flatMap((name) => ['--without', name]),
    ...(signature === 'minted' ? [] : ['--signature', signature]),
  ]
  return ['altostrat-contract', 'token', 'member', '--profile', profile, ...options].map(quote).join(' ')
}

/** In single quotes, where a shell keeps everything as it is. */
const quote = (argument: string) =>
  /^[\w./:@=-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`

/** The token of a recipe. `sign`: with the profile's key, claims and header as `TokenMinter.sign` takes them. */
export async function makeToken(
  recipe: TokenRecipe,
  member: TokenParts,
  sign: (claims: Members, header: Members) => Promise<string>,
): Promise<string> {
  const gone = (prefix: string) =>
    Object.fromEntries(
      recipe.without
        .filter((name) => name.startsWith('header.') === (prefix !== ''))
        .map((name) => [name.slice(prefix.length), undefined]),
    )
  const header = { ...recipe.header, ...gone('header.') }
  const claims = { ...recipe.claims, ...gone('') }
  if (recipe.signature === 'minted') return sign(claims, header)
  const signature = { kept: member.signature, none: '' }[recipe.signature] ?? recipe.signature
  return joinToken({
    header: { ...member.header, ...header },
    payload: { ...member.payload, ...claims },
    signature,
  })
}

const changed = (members: Members, from: Members): Members =>
  Object.fromEntries(
    Object.entries(members).filter(
      ([name, value]) => encode(value) !== encode(from[name] ?? null) || !(name in from),
    ),
  )

const missing = (members: Members, from: Members) => Object.keys(from).filter((name) => !(name in members))
