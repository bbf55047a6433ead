import { describe, expect, it } from 'vitest';
import type { CampaignReport, CampaignRow } from '../../../scripts/start/campaign.ts';
import { campaignTable, fitted, masked } from '../../../scripts/start/campaign-table.ts';
import { recipients } from '../../support/campaign.ts';

describe('the table of npm start', () => {
  const row: CampaignRow = {
    row: 5, name: 'Marcus Reed', contact: '+12025550138', channel: 'whatsapp', decision: 'suppress', code: 'optout_number', label: 'Optout Number',
    explanation: 'Opted out of “Default” on WhatsApp by replying “STOP” on 22 Nov 2026.', sent: false,
  };
  const report: CampaignReport = { counts: { total: 2, sent: 1, held: 1 }, reasons: [{ label: 'Optout Number', count: 1 }], rows: [row], held: [row] };

  it('says who was held back and why, and how many', () => {
    const table = campaignTable(report, 160);
    expect(table).toMatch(/5 +Marcus Reed +whatsapp +\+120•••38 +Optout Number +Opted out of “Default” on WhatsApp/);
    expect(table).toContain('2 recipients: 1 sent, 1 held back');
    expect(table).toContain('   1  Optout Number');
  });

  it.each([60, 80, 100, 160, 220])('fits a terminal of %i columns', (width) => {
    for (const line of campaignTable(report, width).split('\n')) expect([...line].length).toBeLessThanOrEqual(Math.max(width, 79));
  });

  it('shows no address of the sample, whatever its form', () => {
    for (const { contact } of recipients) {
      const shown = masked(contact);
      if (contact !== '') expect(shown).toContain('•••');
      expect(shown.length <= 5 || !contact.includes(shown)).toBe(true);
      expect(shown.replace(/\P{Nd}/gu, '').length).toBeLessThanOrEqual(6);
    }
  });

  it('shows the provider of an e-mail address and two characters of its name, and nothing of a second one', () => {
    expect(masked('Linked.Person@example.com')).toBe('Li•••@example.com');
    expect(masked('petra.blum@example.com, promo.tired@example.com')).toBe('petr•••om');
  });

  it('keeps columns straight over wide characters and accents', () => {
    expect(fitted('李雷', 6)).toBe('李雷  ');
    expect(fitted('e\u0301', 3)).toBe('e\u0301  ');
    expect(fitted('佐藤 花子さん', 7)).toBe('佐藤 … ');
  });
});
