/** Providers whose own webhook bodies are understood at `/v1/inbound/{provider}`, with their labels. */
export const providers = {
  whatsapp: 'WhatsApp Cloud API',
  twilio: 'Twilio',
  telegram: 'Telegram Bot API',
  redbot: 'RedBot (Node-RED)',
  telegrambot: 'telegrambot (Node-RED)',
  ses: 'Amazon SES (SNS)',
  sendgrid: 'SendGrid',
  mailgun: 'Mailgun',
  postmark: 'Postmark',
} as const;
export type Provider = keyof typeof providers;
