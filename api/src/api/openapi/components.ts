import { z } from 'zod';
import * as analytics from '../schemas/analytics.ts';
import * as automation from '../schemas/automation.ts';
import * as campaigns from '../schemas/campaigns.ts';
import * as chat from '../schemas/chat.ts';
import * as entities from '../schemas/entities.ts';
import * as history from '../schemas/history.ts';
import * as metrics from '../schemas/metrics.ts';
import * as notion from '../schemas/notion.ts';
import * as operations from '../schemas/operations.ts';

/** The schemas that the document names; the others stand where they are used. */
const NAMED: Record<string, z.ZodType> = {
  Problem: operations.problem,
  Campaign: entities.campaign,
  Insights: entities.insights,
  CampaignWithInsights: entities.campaignWithInsights,
  DeliveryTotals: entities.deliveryTotals,
  Campaigns: campaigns.campaignsAnswer,
  CampaignInsights: campaigns.campaignInsightsAnswer,
  AdPerformance: metrics.adPerformanceAnswer,
  Export: metrics.exportAnswer,
  ChatAnswer: chat.chatAnswer,
  ChatHistory: chat.chatHistoryAnswer,
  Dashboard: analytics.dashboardAnswer,
  Performance: analytics.performanceAnswer,
  Trends: analytics.trendsAnswer,
  DeliveryHistory: history.historyAnswer,
  SavedReport: notion.savedReportAnswer,
  SavedSummary: notion.savedSummaryAnswer,
  SearchResults: notion.notionSearchAnswer,
  Suggestion: automation.suggestion,
  ReallocationPlan: automation.reallocationPlan,
  Suggestions: automation.suggestionsAnswer,
  Reallocation: automation.reallocationAnswer,
  SuggestionHistory: automation.suggestionHistoryAnswer,
  Invalidated: operations.invalidatedAnswer,
  Liveness: operations.livenessAnswer,
  Readiness: operations.readinessAnswer,
  AgentCache: operations.agentCacheAnswer,
  Health: operations.healthAnswer,
};

export type JsonSchema = Record<string, unknown>;

/** The JSON Schemas of the document's `components`, by name; they refer to one another. */
export function componentSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      dropPatternOfFormat(jsonSchema);
      // Answers may gain fields; who reads them must not be told otherwise.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutMeta(schema)]));
}

/** @throws {Error} for a schema without a name */
export function referenceTo(schema: z.ZodType): { $ref: string } {
  const [name] = Object.entries(NAMED).find(([, named]) => named === schema) ?? [];
  if (name === undefined) throw new Error('The schema of an answer has no name in the OpenAPI document');
  return { $ref: `#/components/schemas/${name}` };
}

/** Input as it travels, before defaults and conversions. */
export function inputSchema(schema: z.core.$ZodType): JsonSchema {
  const json = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      dropPatternOfFormat(jsonSchema);
      const { wire } = jsonSchema;
      if (wire === undefined) return;
      delete jsonSchema.pattern;
      delete jsonSchema.wire;
      Object.assign(jsonSchema, wire);
    },
  });
  return withoutMeta(json);
}

function withoutMeta(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== '$id'));
}

/** zod adds to `format` the expression that it checks with, which no reader can read. */
function dropPatternOfFormat(jsonSchema: JsonSchema): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}
