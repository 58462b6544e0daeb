// oidc-provider with one client, its own pages and an RSA key of 2048 bits, at the port of the
// first argument; the client is told as JSON in the second.
import { generateKeyPairSync } from 'node:crypto'
import Provider from 'oidc-provider'

const [, , port, client] = process.argv
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }
const provider = new Provider(`http://localhost:${port}`, {
  clients: [JSON.parse(client)],
  jwks: { keys: [key] },
  pkce: { required: () => false },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
})
provider.listen(Number(port), '127.0.0.1')
