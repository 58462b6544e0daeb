// A relying party by openid-client, its client and its person in a world of their own.
import * as rp from 'openid-client';

const STAND = process.env.ESIA_URL;
export const BACK = 'http://localhost:2900/back';
export const AWAY = 'http://localhost:2900/bye';
export const SECRET = 'a secret, with: signs % and + ты';
const SCOPE = 'openid profile email phone';

export async function call(address, body) {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${address}: ${await answer.text()}`);
  return answer.status === 204 ? {} : answer.json();
}

// What a relying party knows before it starts, and the browser of the person beside it.
export async function begin(t, { proof = rp.ClientSecretBasic(SECRET), signedIn = true } = {}) {
  const { id, url } = await call(`${STAND}/_sim/worlds`, {});
  t.after(() => fetch(`${STAND}/_sim/worlds/${id}`, { method: 'DELETE' }));
  const client = { client_id: 'WEB', kind: 'oidc', secret: SECRET };
  await call(`${url}/_sim/clients`, {
    ...client,
    redirect_uris: [BACK],
    post_logout_redirect_uris: [AWAY],
  });
  const config = await discovered(url, proof);
  const cookie = signedIn ? await session(url) : '';
  return { url, config, cookie };
}

export async function session(url) {
  const { name, value } = await call(`${url}/_sim/sessions`, { person: 'anna', consent: true });
  return `${name}=${value}`;
}

export async function discovered(url, proof = rp.ClientSecretBasic(SECRET)) {
  const execute = [rp.allowInsecureRequests, rp.enableNonRepudiationChecks];
  return rp.discovery(new URL(url), 'WEB', undefined, proof, { execute });
}

// Go to the authorization endpoint; where the browser is sent next, and what must be true there.
export async function ask(it, changes = {}) {
  const verifier = rp.randomPKCECodeVerifier();
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: rp.randomState(),
    expectedNonce: rp.randomNonce(),
    idTokenExpected: true,
  };
  const address = rp.buildAuthorizationUrl(it.config, {
    redirect_uri: BACK,
    scope: SCOPE,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await rp.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...changes,
  });
  const answer = await fetch(address, { redirect: 'manual', headers: { cookie: it.cookie } });
  return { status: answer.status, next: answer.headers.get('location'), checks };
}

export async function signIn(it, changes = {}, otherChecks = {}) {
  const { next, checks } = await ask(it, changes);
  return rp.authorizationCodeGrant(it.config, new URL(next), { ...checks, ...otherChecks });
}

export const spoil = (it, how) =>
  call(`${it.url}/_sim/expectations`, { when: { endpoint: 'token' }, then: { spoil: how } });
