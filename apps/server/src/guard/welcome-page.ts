import { createHash } from 'node:crypto';
import { API_BASE } from '@tutti/contract/api';
import type { FastifyInstance } from 'fastify';

/** Where an invitation leads; its token stands behind `#`, which no server and no log is told. */
export const WELCOME_PATH = '/welcome';

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 10vh auto; padding: 0 1rem; color-scheme: light dark }
label { display: block; margin: 1rem 0 } input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .4rem }`;

const SCRIPT = `const form = document.querySelector('form'), said = document.querySelector('output');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ token: location.hash.slice(1), ...Object.fromEntries(new FormData(form)) });
  const answer = await fetch('${API_BASE}/invitations/accept',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body }).catch((error) => error);
  const { detail, email } = answer instanceof Error ? { detail: answer.message } : await answer.json();
  said.textContent = email === undefined ? detail : 'Done: sign in as ' + email;
  if (email !== undefined) form.hidden = true;
});`;

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Welcome to Tutti</title>
<style>${STYLE}</style></head>
<body><h1>Welcome to Tutti</h1>
<form>
<label>Your name <input name="name" required maxlength="100" autocomplete="name"></label>
<label>Your e-mail address, to sign in by <input name="email" type="email" required autocomplete="username"></label>
<label>A password: 15 characters or more, a sentence will do
<input name="password" type="password" required minlength="15" maxlength="128" autocomplete="new-password"></label>
<button>Make the account</button>
</form>
<p><output></output></p>
<script>${SCRIPT}</script></body></html>
`;

const hashed = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const POLICY = [
  "default-src 'none'",
  `style-src ${hashed(STYLE)}`,
  `script-src ${hashed(SCRIPT)}`,
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page on which somebody who is invited makes an account. */
export function mountWelcome(app: FastifyInstance): void {
  app.get(WELCOME_PATH, { config: { needs: null } }, (_, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', POLICY)
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-store')
      .send(PAGE),
  );
}
