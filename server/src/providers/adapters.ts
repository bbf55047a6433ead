import type { Provider } from '@quietlist/contract/providers';
import { mailgun } from './mailgun.ts';
import { postmark } from './postmark.ts';
import type { ProviderAdapter } from './provider.ts';
import { redbot } from './redbot.ts';
import { sendgrid } from './sendgrid.ts';
import { ses } from './ses.ts';
import { telegram } from './telegram.ts';
import { telegrambot } from './telegrambot.ts';
import { twilio } from './twilio.ts';
import { whatsapp } from './whatsapp.ts';

/** Everybody whose webhooks are understood. */
export const adapters: Record<Provider, ProviderAdapter> = { whatsapp, twilio, telegram, redbot, telegrambot, ses, sendgrid, mailgun, postmark };
