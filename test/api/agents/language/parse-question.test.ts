import fc from '../../../support/fast-check.ts';
import { type Question, parseQuestion } from '../../../../api/src/agents/language/parse-question.ts';

const TODAY = '2026-03-15';
const parse = (text: string): Question => parseQuestion(text, TODAY);

test.each<[string, Question['intent'], Partial<Question>]>([
  ['Quais campanhas estão ativas?', 'campaigns', { status: 'ACTIVE' }],
  ['LISTE AS CAMPANHAS PAUSADAS', 'campaigns', { status: 'PAUSED' }],
  ['show me the archived campaigns', 'campaigns', { status: 'ARCHIVED' }],
  ['campanhas', 'campaigns', { status: undefined }],
  ['List all campaigns', 'campaigns', { status: undefined }],
  ['campanhas inativas', 'campaigns', { status: 'PAUSED' }],
  ['Como está o desempenho nos últimos 7 dias?', 'performance', { period: 'last_7d' }],
  ['resumo de ontem', 'performance', { period: 'yesterday' }],
  ['How are we doing this month?', 'performance', { period: 'this_month' }],
  ['metrics for the last 30 days', 'performance', { period: 'last_30d' }],
  ['Qual foi o CTR na semana passada?', 'performance', { metric: 'ctr', period: 'last_week_mon_sun' }],
  ['quantas conversões tivemos hoje', 'performance', { metric: 'conversions', period: 'today' }],
  ['Quanto gastei ontem?', 'spend', { period: 'yesterday' }],
  ['how much did we spend last month', 'spend', { period: 'last_month' }],
  ['gasto das campanhas ativas este mês', 'spend', { status: 'ACTIVE', period: 'this_month' }],
  ['Top 5 campanhas por ROAS', 'ranking', { order: 'highest', metric: 'roas', count: 5 }],
  ['as 3 melhores campanhas', 'ranking', { order: 'best', metric: undefined, count: 3 }],
  ['Piores campanhas por CPA', 'ranking', { order: 'worst', metric: 'cpa', count: undefined }],
  ['which campaign spent the most yesterday?', 'ranking', { order: 'highest', metric: 'spend', count: 1 }],
  ['best three campaigns by click-through rate', 'ranking', { order: 'best', metric: undefined }],
  ['ten worst campaigns by ctr last week', 'ranking', { order: 'worst', metric: 'ctr', count: 10 }],
  ['qual a campanha com menor custo por clique', 'ranking', { order: 'lowest', metric: 'cpc', count: 1 }],
  ['qual o orçamento das campanhas?', 'budgets', {}],
  ['What are our budgets?', 'budgets', {}],
  ['como está a campanha 120210000000000123?', 'performance', { campaignId: '120210000000000123' }],
  [
    'How is "Black Friday: top 10" doing today?',
    'performance',
    { quotedName: 'black friday top 10', period: 'today' },
  ],
  ['ajuda', 'help', {}],
  ['what can you do?', 'help', {}],
  ['qual a previsão do tempo?', 'help', {}],
  ['', 'help', {}],
  ['🤖', 'help', {}],
])('%j asks for %s', (text, intent, parts) => {
  expect(parse(text)).toMatchObject({ intent, ...parts });
});

test.each([
  ['campanhas que não estão ativas', 'not'],
  ['campaigns that are not active', 'not'],
  ["which campaigns aren't running?", 'not'],
  ['which campaigns did not spend yesterday', 'not'],
  ['Quais campanhas não tiveram nenhuma conversão?', 'not'],
  ['campanhas sem orçamento', 'not'],
  ['campaigns with CTR below 1', 'limit'],
  ['campanhas com CPA acima de R$ 50', 'limit'],
  ['campanhas que gastaram mais de 1.000 este mês', 'limit'],
  ['campaigns with ROAS > 2', 'limit'],
  ['compare this month with last month', 'compared'],
  ['Quanto gastamos hoje vs ontem?', 'compared'],
  ['gastamos mais do que ontem?', 'compared'],
  ['spend yesterday and today', 'one period'],
  ['gasto desde o mês passado', 'one period'],
  ['gasto de janeiro e de fevereiro', 'one period'],
  ['spend on 31/02/2026', 'no such day'],
])('%j asks for what no answer gives, and is told so', (text, reason) => {
  expect(parse(text)).toMatchObject({ intent: 'help', reason: expect.stringContaining(reason) });
});

test.each<[string, Question['intent']]>([
  ['não sei quanto gastei ontem', 'spend'],
  ['Como está a campanha "Sem juros, não perca"?', 'performance'],
  ['como está a campanha sem juros', 'performance'],
  ['quanto gastei este mês até agora?', 'spend'],
  ['how are we doing now this week', 'performance'],
  ['spend over the past 2 weeks', 'spend'],
  ['spend over 30 days', 'spend'],
  ['campanha com mais cliques', 'ranking'],
  ['gasto desde o início', 'spend'],
  ['spend from 2026-01-05 until today', 'spend'],
])('%j asks for %s, whatever else it says', (text, intent) => {
  expect(parse(text)).toMatchObject({ intent, reason: undefined });
});

test.each<[string, Question['period']]>([
  ['gasto de hoje', 'today'],
  ['gasto neste mês', 'this_month'],
  ['gasto no mês passado', 'last_month'],
  ['spend this week', 'this_week_mon_today'],
  ['gasto no ano passado', 'last_year'],
  ['gasto neste trimestre', 'this_quarter'],
  ['gasto total desde o início', 'maximum'],
  ['gasto dos últimos trinta dias', 'last_30d'],
  ['gasto nos 14 últimos dias', 'last_14d'],
  ['spend over the past 2 weeks', 'last_14d'],
  ['gasto dos últimos 10 dias', { since: '2026-03-05', until: '2026-03-14' }],
  ['gasto de anteontem', { since: '2026-03-13', until: '2026-03-13' }],
  ['gasto de 2026-01-05 a 2026-02-10', { since: '2026-01-05', until: '2026-02-10' }],
  ['gasto entre 10/02/2026 e 05/01/2026', { since: '2026-01-05', until: '2026-02-10' }],
  ['gasto em 03/02', { since: '2026-02-03', until: '2026-02-03' }],
  ['spend since 2026-03-01', { since: '2026-03-01', until: '2026-03-15' }],
  ['gasto em fevereiro', { since: '2026-02-01', until: '2026-02-28' }],
  ['spend in december', { since: '2025-12-01', until: '2025-12-31' }],
  ['spend in February 2024', { since: '2024-02-01', until: '2024-02-29' }],
  ['gasto em março de 2025', { since: '2025-03-01', until: '2025-03-31' }],
  ['gasto em 31/02/2026', undefined],
  ['quanto gastei', undefined],
])('%j is about %j', (text, period) => {
  expect(parse(text).period).toEqual(period);
});

test.each(['quero mais detalhes das campanhas ativas', 'more about active campaigns please'])(
  '%j is no ranking',
  (text) => {
    expect(parse(text)).toMatchObject({ intent: 'campaigns', status: 'ACTIVE' });
  },
);

test.each<[string, string[], boolean]>([
  ['como está a campanha Natal Luz?', ['natal', 'luz'], true],
  ['how is the campaign called Winter doing', ['winter'], true],
  ['como anda a Black Friday?', ['black', 'friday'], false],
  ['campanhas de remarketing ativas', ['remarketing'], false],
  ['qual campanha trouxe mais cliques ontem?', ['trouxe'], false],
  ['which campaign brought the most clicks', ['brought'], false],
  ['Quanto gastei nos últimos trinta dias com as 3 melhores campanhas de março de 2025?', [], false],
])('%j may name a campaign by %j', (text, nameWords, namesCampaign) => {
  expect(parse(text)).toMatchObject({ nameWords, namesCampaign });
});

test('any text is read, and always the same way', () => {
  const word = fc.constantFrom(
    'campanha',
    'últimos',
    '7',
    'dias',
    'top',
    'CTR',
    '"',
    '2026-13-45',
    '31/02',
    'em',
    'maio',
    '%',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(word).map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(text, (question) => {
      const first = parse(question);
      expect(parse(question)).toEqual(first);
      const { period } = first;
      if (typeof period === 'object') expect(period.since <= period.until).toBe(true);
    }),
  );
});
