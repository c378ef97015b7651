import type { CampaignStatus, Insights } from '../../domain/campaign.ts';

/** Everything here is folded (see fold.ts): no accents, lower case. Portuguese first, then English. */
const either = (phrases: string): readonly string[] => phrases.split('|');

export type Metric = Exclude<keyof Insights, 'date_start' | 'date_stop'>;

interface MetricWords {
  metric: Metric;
  words: readonly string[];
  /** A low figure is a good one. */
  lowIsGood?: boolean;
}

/** The first whose words are found is meant, so "cost per click" comes before "cost". */
export const METRICS: readonly MetricWords[] = [
  { metric: 'ctr', words: either('ctr|taxa de cliques|taxa de clique|click through rate|click rate') },
  {
    metric: 'cpa',
    words: either(
      'cpa|custo por aquisicao|custo por conversao|custo por compra|custo por venda|custo por resultado|' +
        'cost per acquisition|cost per conversion|cost per purchase|cost per sale|cost per result',
    ),
    lowIsGood: true,
  },
  { metric: 'cpc', words: either('cpc|custo por clique|cost per click'), lowIsGood: true },
  { metric: 'cpm', words: either('cpm|custo por mil|cost per mille|cost per thousand'), lowIsGood: true },
  { metric: 'roas', words: either('roas|retorno|return on ad spend|return') },
  {
    metric: 'conversions',
    words: either(
      'conversoes|conversao|converteu|converteram|convertem|compras|vendas|venderam|vendeu|conversions|conversion|purchases|sales|sold|converted',
    ),
  },
  { metric: 'revenue', words: either('receita|faturamento|faturou|faturaram|revenue|income') },
  { metric: 'clicks', words: either('cliques|clique|clicks|click') },
  { metric: 'impressions', words: either('impressoes|impressao|impressions|impression|views') },
  { metric: 'reach', words: either('alcance|reach') },
  {
    metric: 'spend',
    words: either(
      'gasto|gastos|gastei|gastou|gastamos|gastaram|gastar|gastando|gasta|gastam|custo|custos|custou|custaram|' +
        'investimento|investi|investiu|investimos|investido|dinheiro|spend|spent|spending|spends|cost|costs|' +
        'expense|expenses|expensive|money',
    ),
  },
];

export const STATUSES: readonly { status: CampaignStatus; words: readonly string[] }[] = [
  {
    status: 'PAUSED',
    words: either(
      'pausada|pausadas|pausado|pausados|parada|paradas|inativa|inativas|paused|stopped|inactive',
    ),
  },
  {
    status: 'ACTIVE',
    words: either('ativa|ativas|ativo|ativos|rodando|no ar|em andamento|active|running|live'),
  },
  { status: 'ARCHIVED', words: either('arquivada|arquivadas|arquivado|arquivados|archived') },
  {
    status: 'DELETED',
    words: either('excluida|excluidas|apagada|apagadas|deletada|deletadas|removidas|deleted|removed'),
  },
];

export type Order = 'best' | 'worst' | 'highest' | 'lowest';

interface OrderWords {
  order: Order;
  words: readonly string[];
  /** Words that order only beside a metric: "more details" is no ranking, "more clicks" is. */
  besideMetric?: readonly string[];
}

export const ORDERS: readonly OrderWords[] = [
  { order: 'worst', words: either('pior|piores|worst|underperforming|ruins') },
  { order: 'best', words: either('melhor|melhores|best') },
  {
    order: 'lowest',
    words: either('menor|menores|lowest|smallest|cheapest'),
    besideMetric: either('menos|least|less|baixo|low'),
  },
  {
    order: 'highest',
    words: either('maior|maiores|top|ranking|highest|biggest'),
    besideMetric: either('mais|most|more|alto|high'),
  },
];

export const TOPICS = {
  help: either('ajuda|socorro|help|o que voce faz|o que voce sabe|what can you do|como funciona|comandos'),
  budgets: either('orcamento|orcamentos|verba|verbas|budget|budgets'),
  performance: either(
    'desempenho|performance|resultado|resultados|metrica|metricas|resumo|resuma|relatorio|dados|indicadores|' +
      'visao geral|balanco|numeros|como esta|como estao|como foi|como foram|como vai|como vao|como anda|' +
      'como andam|insights|results|metrics|summary|summarize|report|overview|stats|statistics|kpis|doing|' +
      'perform|performing|performed',
  ),
  campaigns: either('campanhas|campaigns'),
  oneCampaign: either('campanha|campaign'),
} as const;

/** What to answer when nothing was understood. */
export const EXAMPLES = {
  pt: [
    'Quais campanhas estão ativas?',
    'Resumo dos últimos 7 dias',
    'Quanto gastei ontem?',
    'Top 5 campanhas por ROAS este mês',
    'Piores campanhas por CTR na semana passada',
    'Qual o orçamento das campanhas ativas?',
    'Como está a campanha "nome da campanha"?',
  ],
  en: [
    'Which campaigns are active?',
    'Summary of the last 7 days',
    'How much did I spend yesterday?',
    'Top 5 campaigns by ROAS this month',
    'Worst campaigns by CTR last week',
    'What are the budgets of the active campaigns?',
    'How is the campaign "campaign name" doing?',
  ],
} as const;
