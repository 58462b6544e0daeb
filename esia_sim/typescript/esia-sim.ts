/**
 * The simulator of ESIA for `@playwright/test`: control calls, and `signInAs` for every way in.
 *
 * Copy this file next to your tests; `python -m esia_sim.typescript <folder>` does it. Beyond loopback
 * give the key of the stand.
 */
import { expect, type BrowserContext, type Page } from '@playwright/test';

export type Way = 'password' | 'totp' | 'sms' | 'push' | 'signature' | 'session';

/** A person as `/_sim/people` describes her; there is more than these fields. */
export interface Person {
  key: string;
  oid: string;
  login: string;
  password: string | null;
  phone: string | null;
  [field: string]: unknown;
}

interface Message {
  channel: string;
  text: string;
  code: string | null;
  push: string | null;
}

const PIN = '12345678';

/** A running stand, or a world of it, spoken to over HTTP. */
export class Esia {
  constructor(readonly url: string, private readonly key?: string) {
    this.url = url.replace(/\/$/, '');
  }

  /** Make a person; what is not given is invented and unique. */
  newPerson(fields: Record<string, unknown> = {}): Promise<Person> {
    return this.call('POST', '/_sim/people', fields);
  }

  /** Describe one person, by key or oid. */
  person(key: string): Promise<Person> {
    return this.call('GET', `/_sim/people/${encodeURIComponent(key)}`);
  }

  /** Make a world of one's own; end it with `removeWorld`. */
  async newWorld(fields: { seed?: number; ttl?: string } = {}): Promise<Esia & { id: string }> {
    const made = await this.call('POST', '/_sim/worlds', fields);
    return Object.assign(new Esia(made.url, this.key), { id: String(made.id) });
  }

  /** End a world. */
  async removeWorld(id: string): Promise<void> {
    await this.call('DELETE', `/_sim/worlds/${encodeURIComponent(id)}`);
  }

  /** The cursor of now; take it before the act whose message is waited for. */
  async cursor(): Promise<number> {
    return (await this.call('GET', '/_sim/messages?wait=0&since=9007199254740991')).cursor;
  }

  /** The first code that comes to somebody after a cursor, never an old one. */
  async waitForCode(to: string, since: number): Promise<string> {
    return (await this.waitFor(to, since, message => message.code)) as string;
  }

  /** The id of the first push that comes to somebody after a cursor. */
  async waitForPush(to: string, since: number): Promise<string> {
    return (await this.waitFor(to, since, message => message.push)) as string;
  }

  /** Answer a push on the phone. */
  async answerPush(push: string, answer: 'allow' | 'deny' = 'allow'): Promise<void> {
    await this.call('POST', `/_sim/push/${encodeURIComponent(push)}`, { answer });
  }

  /** What the authenticator app of a person shows. */
  async totp(key: string): Promise<string> {
    return (await this.call('GET', `/_sim/people/${encodeURIComponent(key)}/totp`)).code;
  }

  /** Let something go wrong: an endpoint, and an error, status, delay, drop or spoil. */
  async expect(when: Record<string, unknown>, then: Record<string, unknown>, times = 1): Promise<void> {
    await this.call('POST', '/_sim/expectations', { when, then, times });
  }

  /** What was expected and has not happened, for a teardown. */
  async unmetExpectations(): Promise<unknown[]> {
    const answer = await this.send('POST', '/_sim/expectations/verify');
    return (await answer.json()).unmet ?? [];
  }

  /** Let a browser be signed in at ESIA already, consent given. */
  async putSession(context: BrowserContext, key: string): Promise<void> {
    const cookie = await this.call('POST', '/_sim/sessions', { person: key, consent: true });
    const url = new URL('/', this.url).href;
    await context.addCookies([{ name: cookie.name, value: cookie.value, url }]);
  }

  private async waitFor(
    to: string, since: number, found: (message: Message) => string | null,
  ): Promise<string> {
    const query = new URLSearchParams({ to, wait: '10' });
    for (;;) {
      query.set('since', String(since));
      const answer = await this.call('GET', `/_sim/messages?${query}`);
      if (answer.messages.length === 0) throw new Error(`nothing came to ${to}`);
      for (const message of answer.messages) {
        const value = found(message);
        if (value) return value;
      }
      since = answer.cursor;
    }
  }

  private async call(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await this.send(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text ? JSON.parse(text) : {};
  }

  private send(method: string, path: string, body?: unknown): Promise<Response> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (this.key) headers['X-Sim-Key'] = this.key;
    return fetch(this.url + path, { method, headers, body: body ? JSON.stringify(body) : undefined });
  }
}

/**
 * Sign a person in, and agree if she is asked to. The page stands at ESIA's first page, where the
 * application has sent it; for `session` the application is opened afterwards.
 */
export async function signInAs(
  page: Page, person: Person | string, { esia, way = 'password' }: { esia: Esia; way?: Way },
): Promise<void> {
  const { key, login, password } = typeof person === 'string' ? await esia.person(person) : person;
  if (way === 'session') return esia.putSession(page.context(), key);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).click();
  const fill = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
  const since = await esia.cursor();
  if (way === 'signature') {
    await follow('Электронная подпись');
    await page.locator(`input[value="${key}"]`).check();
    await page.getByLabel('PIN-код').fill(PIN);
  } else {
    if (way === 'sms') await follow('Войти по коду из СМС');
    if (way === 'push') await follow('Мобильное приложение Госуслуги');
    await page.getByLabel('Телефон / Email / СНИЛС').fill(login);
  }
  const base = page.url().split('/login')[0];
  switch (way) {
    case 'signature':
      await press('Подписать и войти');
      break;
    case 'push':
      await press('Отправить запрос на телефон');
      await expect(page.locator('.big')).toBeVisible();
      await esia.answerPush(await esia.waitForPush(key, since));
      break;
    case 'sms':
      await press('Получить код');
      await fill('Код из СМС', await esia.waitForCode(key, since));
      await press('Подтвердить');
      break;
    default:
      await fill('Пароль', password ?? '');
      await press('Войти');
      if (way === 'totp') {
        const field = page.getByLabel('Код из приложения');
        await expect(field).toBeVisible();
        await field.fill(await esia.totp(key));
      } else {
        await fill('Код из СМС', await esia.waitForCode(key, since));
      }
      await press('Подтвердить');
  }
  const isBehind = (url: string) => url === `${base}/login/consent` || !url.startsWith(`${base}/login`);
  await page.waitForURL(url => isBehind(url.href));
  const agree = page.getByRole('button', { name: 'Разрешить', exact: true });
  if (await agree.isVisible()) await agree.click();
}
