// openid-client, a certified relying party, judges the OpenID Connect of the simulator.
// Run by `node --test`; each check has a world, a client and a person of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as rp from 'openid-client';
import {
  AWAY, BACK, SECRET, ask, begin, call, discovered, session, signIn, spoil,
} from './relying_party.mjs';

// of the gallery, what the standard makes every relying party refuse
const REFUSED = [
  'signature', 'signature_borrowed', 'signature_reversed', 'foreign_key', 'alg_none',
  'alg_none_with_signature', 'public_key_as_secret', 'certificate_as_secret', 'algorithms_mixed',
  'key_in_header', 'certificate_in_header', 'key_address', 'kid_is_a_path', 'kid_is_sql',
  'critical_extension', 'truncated', 'two_parts', 'four_parts', 'empty_signature',
  'claims_are_a_list', 'claims_are_no_json', 'issuer', 'issuer_scheme', 'issuer_slash',
  'issuer_prefix', 'audience', 'audience_case', 'audience_list', 'audience_empty', 'expired',
  'not_yet_valid', 'end_as_text', 'nonce_not_asked_for', 'no_issuer', 'no_end', 'no_issue_time',
  'no_person', 'no_audience', 'person_as_text',
];

const refusedAs = (error) => (thrown) => thrown.error === error;
const challenged = (error) => (thrown) =>
  thrown.code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE' &&
  thrown.cause[0].parameters.error === error;
const unbelieved = (thrown) => /^OAUTH_/.test(thrown.code) && thrown.error === undefined;

test('discovery names the issuer that was asked and the endpoints of the standard', async (t) => {
  const { url, config } = await begin(t);
  const about = config.serverMetadata();
  assert.equal(about.issuer, url);
  for (const name of ['authorization', 'token', 'userinfo', 'revocation', 'introspection']) {
    assert.ok(about[`${name}_endpoint`].startsWith(`${url}/`), name);
  }
  assert.ok(about.end_session_endpoint.startsWith(`${url}/`));
  assert.ok(about.supportsPKCE());
});

test('the published keys are public, named, and nothing else', async (t) => {
  const { config } = await begin(t);
  const { keys } = await (await fetch(config.serverMetadata().jwks_uri)).json();
  assert.ok(keys.length > 0);
  for (const key of keys) {
    assert.deepEqual(Object.keys(key).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
  }
});

test('a code is exchanged with state, nonce, PKCE and a signed id_token', async (t) => {
  const it = await begin(t);
  const tokens = await signIn(it);
  const claims = tokens.claims();
  assert.equal(claims.sub, '1000000101');
  assert.equal(claims.aud, 'WEB');
  assert.ok(Array.isArray(claims.amr));
  assert.equal(tokens.token_type, 'bearer');
  assert.ok(tokens.expires_in > 0);
});

test('a client may prove itself in the form instead of the header', async (t) => {
  const it = await begin(t, { proof: rp.ClientSecretPost(SECRET) });
  assert.equal((await signIn(it)).claims().sub, '1000000101');
});

test('a wrong secret is refused in the header and in the form', async (t) => {
  for (const proof of [rp.ClientSecretBasic, rp.ClientSecretPost]) {
    const it = await begin(t, { proof: proof('guessed') });
    await assert.rejects(signIn(it), (thrown) => thrown.status === 401);
  }
});

test('another state than the one sent is noticed', async (t) => {
  const it = await begin(t);
  await assert.rejects(signIn(it, {}, { expectedState: 'other' }), unbelieved);
});

test('another nonce than the one sent is noticed', async (t) => {
  const it = await begin(t);
  await assert.rejects(signIn(it, {}, { expectedNonce: 'other' }), unbelieved);
});

test('without a nonce asked for none comes', async (t) => {
  const it = await begin(t);
  const tokens = await signIn(it, { nonce: '' }, { expectedNonce: undefined });
  assert.equal(tokens.claims().nonce, undefined);
});

test('a wrong verifier of PKCE is refused', async (t) => {
  const it = await begin(t);
  const other = { pkceCodeVerifier: rp.randomPKCECodeVerifier() };
  await assert.rejects(signIn(it, {}, other), refusedAs('invalid_grant'));
});

test('a missing verifier of PKCE is refused', async (t) => {
  const it = await begin(t);
  const none = { pkceCodeVerifier: undefined };
  await assert.rejects(signIn(it, {}, none), (thrown) =>
    ['invalid_grant', 'invalid_request'].includes(thrown.error));
});

test('a verifier without an earlier challenge is refused', async (t) => {
  const it = await begin(t);
  const unasked = { code_challenge: '', code_challenge_method: '' };
  await assert.rejects(signIn(it, unasked), refusedAs('invalid_grant'));
});

test('a code works once, and shown again it takes its tokens back', async (t) => {
  const it = await begin(t);
  const { next, checks } = await ask(it);
  const tokens = await rp.authorizationCodeGrant(it.config, new URL(next), checks);
  const again = rp.authorizationCodeGrant(it.config, new URL(next), checks);
  await assert.rejects(again, refusedAs('invalid_grant'));
  assert.equal((await rp.tokenIntrospection(it.config, tokens.access_token)).active, false);
});

test('a forged code is refused', async (t) => {
  const it = await begin(t);
  const { next, checks } = await ask(it);
  const forged = new URL(next);
  forged.searchParams.set('code', `${forged.searchParams.get('code')}x`);
  const tried = rp.authorizationCodeGrant(it.config, forged, checks);
  await assert.rejects(tried, refusedAs('invalid_grant'));
});

test('a code of another client is refused', async (t) => {
  const it = await begin(t);
  const other = { client_id: 'OTHER', kind: 'oidc', secret: SECRET, redirect_uris: [BACK] };
  await call(`${it.url}/_sim/clients`, other);
  const { next, checks } = await ask({ ...it, cookie: await session(it.url) }, { client_id: 'OTHER' });
  const tried = rp.authorizationCodeGrant(it.config, new URL(next), checks);
  await assert.rejects(tried, refusedAs('invalid_grant'));
});

test('a redirect_uri that differs from the registered one by a letter never redirects', async (t) => {
  const it = await begin(t);
  for (const address of [
    'http://localhost:2900/back/door',
    'http://localhost:2900/back?of=us',
    'http://localhost:2901/back',
    'http://localhost:2900/back/',
    'http://LOCALHOST:2900/back',
    'http://evil.example/back',
  ]) {
    const { status, next } = await ask(it, { redirect_uri: address });
    assert.deepEqual([status, next], [400, null], address);
  }
});

test('a wrong scope comes back as an error with the state', async (t) => {
  const it = await begin(t);
  await assert.rejects(signIn(it, { scope: 'openid fly' }), refusedAs('invalid_scope'));
});

test('userinfo speaks of the person of the id_token', async (t) => {
  const it = await begin(t);
  const tokens = await signIn(it);
  const known = await rp.fetchUserInfo(it.config, tokens.access_token, tokens.claims().sub);
  assert.equal(known.given_name, 'Анна');
  assert.equal(known.phone_number_verified, true);
});

test('userinfo about another person than expected is noticed', async (t) => {
  const it = await begin(t);
  const tokens = await signIn(it);
  await assert.rejects(rp.fetchUserInfo(it.config, tokens.access_token, '1'), unbelieved);
});

test('userinfo challenges whoever brings a wrong token', async (t) => {
  const it = await begin(t);
  await assert.rejects(rp.fetchUserInfo(it.config, 'wrong', '1'), challenged('invalid_token'));
});

test('userinfo challenges whoever brings an expired token', async (t) => {
  const it = await begin(t);
  const tokens = await signIn(it);
  await call(`${it.url}/_sim/clock`, { advance: '2h' });
  const asked = rp.fetchUserInfo(it.config, tokens.access_token, tokens.claims().sub);
  await assert.rejects(asked, challenged('invalid_token'));
});

test('the relying party refuses each spoilt token and takes the next good one', async (t) => {
  const it = await begin(t);
  for (const how of REFUSED) {
    await t.test(how, async () => {
      await spoil(it, how);
      await assert.rejects(signIn(it), unbelieved);
      assert.ok((await signIn(it)).claims());
    });
  }
});

test('the relying party takes what is only unusual', async (t) => {
  const it = await begin(t);
  for (const how of ['unknown_claim', 'unknown_header', 'claims_turned', 'without_typ']) {
    await t.test(how, async () => {
      await spoil(it, how);
      assert.equal((await signIn(it)).claims().sub, '1000000101');
    });
  }
});

test('the id_token of another person does not fit the userinfo', async (t) => {
  const it = await begin(t);
  await spoil(it, 'other_person');
  const tokens = await signIn(it);
  const asked = rp.fetchUserInfo(it.config, tokens.access_token, tokens.claims().sub);
  await assert.rejects(asked, unbelieved);
});

test('a changed key is published at once, and the old one while its tokens live', async (t) => {
  const it = await begin(t);
  const before = await signIn(it);
  await call(`${it.url}/_sim/keys/rotate`, { overlap: 600 });
  const keys = createRemoteJWKSet(new URL(it.config.serverMetadata().jwks_uri));
  const after = await signIn({ ...it, config: await discovered(it.url) });
  const kids = [];
  for (const tokens of [before, after]) {
    kids.push((await jwtVerify(tokens.id_token, keys)).protectedHeader.kid);
  }
  assert.notEqual(kids[0], kids[1]);
  await call(`${it.url}/_sim/clock`, { advance: '11m' });
  const published = await (await fetch(it.config.serverMetadata().jwks_uri)).json();
  assert.deepEqual(published.keys.map((key) => key.kid), [kids[1]]);
});

test('a refresh token is exchanged for new tokens of the same person, and works once', async (t) => {
  const it = await begin(t);
  const first = await signIn(it);
  const second = await rp.refreshTokenGrant(it.config, first.refresh_token);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(second.claims().sub, first.claims().sub);
  assert.equal(second.claims().auth_time, first.claims().auth_time);
  const again = rp.refreshTokenGrant(it.config, first.refresh_token);
  await assert.rejects(again, refusedAs('invalid_grant'));
});

test('introspection tells a living token from a revoked one', async (t) => {
  const it = await begin(t);
  const tokens = await signIn(it);
  for (const name of ['access_token', 'refresh_token']) {
    const living = await rp.tokenIntrospection(it.config, tokens[name]);
    assert.deepEqual([living.active, living.client_id, living.sub], [true, 'WEB', '1000000101']);
    await rp.tokenRevocation(it.config, tokens[name]);
    assert.deepEqual(await rp.tokenIntrospection(it.config, tokens[name]), { active: false });
  }
  const asked = rp.fetchUserInfo(it.config, tokens.access_token, tokens.claims().sub);
  await assert.rejects(asked, challenged('invalid_token'));
  const renewed = rp.refreshTokenGrant(it.config, tokens.refresh_token);
  await assert.rejects(renewed, refusedAs('invalid_grant'));
});

test('signing out ends the session and leads to the registered address with the state', async (t) => {
  const it = await begin(t);
  const tokens = await signIn(it);
  const away = (address) =>
    fetch(
      rp.buildEndSessionUrl(it.config, {
        post_logout_redirect_uri: address,
        id_token_hint: tokens.id_token,
        state: 's',
      }),
      { redirect: 'manual', headers: { cookie: it.cookie } },
    );
  assert.equal((await away(AWAY)).headers.get('location'), `${AWAY}?state=s`);
  await assert.rejects(signIn(it, { prompt: 'none' }), refusedAs('login_required'));
  const elsewhere = (await away(`${AWAY}/other`)).headers.get('location');
  assert.equal(new URL(elsewhere, it.url).origin, new URL(it.url).origin);
});

test('without a session prompt none is answered by login_required', async (t) => {
  const it = await begin(t, { signedIn: false });
  await assert.rejects(signIn(it, { prompt: 'none' }), refusedAs('login_required'));
});

test('with a session prompt none is answered by a code', async (t) => {
  const it = await begin(t);
  assert.equal((await signIn(it, { prompt: 'none' })).claims().sub, '1000000101');
});

test('max_age is told by auth_time and asks for a new sign-in when it is over', async (t) => {
  const it = await begin(t);
  assert.ok((await signIn(it, { max_age: '600' }, { maxAge: 600 })).claims().auth_time);
  await call(`${it.url}/_sim/clock`, { advance: '11m' });
  const { next } = await ask(it, { max_age: '600' });
  assert.ok(new URL(next, it.url).pathname.endsWith('/login'));
  const silent = signIn(it, { max_age: '600', prompt: 'none' });
  await assert.rejects(silent, refusedAs('login_required'));
});
