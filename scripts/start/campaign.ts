/** What the campaign flow reports: see the node “Report” of examples/node-red/campaign.json. */
export interface CampaignReport {
  counts: { total: number; sent: number; held: number };
  reasons: Array<{ label: string; count: number }>;
  rows: CampaignRow[];
  held: CampaignRow[];
}

export interface CampaignRow {
  row: number;
  name: string;
  contact: string;
  channel: string;
  decision: string;
  code: string;
  label: string;
  explanation: string;
  sent: boolean;
}

/** Runs the campaign through the flow in Node-RED, as its button does, and waits for the report. */
export async function runCampaign(nodeRedUrl: string): Promise<CampaignReport> {
  const response = await fetch(`${nodeRedUrl}/campaign/run`, { method: 'POST', signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`The campaign flow did not answer (status ${response.status}). Open it at ${nodeRedUrl} and look at its nodes.`);
  return (await response.json()) as CampaignReport;
}
