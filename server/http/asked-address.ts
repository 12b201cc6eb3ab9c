import { StartError } from '../start-error.ts'

/**
 * Of an address that the server asks: `fetch` sends no user name and password of it, and responses to clients name it.
 * Throws {@link StartError} with the option that holds it.
 */
export function assertNoUserInformation(option: string, address: string | URL): void {
  const { username, password } = URL.parse(address) ?? { username: '', password: '' }
  if (username !== '' || password !== '')
    throw new StartError(option, 'has a user name or password, which is not sent: take it out of the address')
}
