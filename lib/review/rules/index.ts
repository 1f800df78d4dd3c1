// Every rule of the review.
import type { ReviewRule } from "../rule";
import { checkFailed, checkUnknown } from "./checks";
import { keyLost } from "./keys";
import { settingKept } from "./kept-settings";
import { lakeFormationWithoutGrants } from "./lake-formation";
import { accountQuota, integrationsCollide, manyOnOneTarget, sourceQuota, targetQuota } from "./quotas";
import { integrationDestroyed, integrationReplaced, integrationUnwell } from "./replacement";
import { roleLost } from "./roles";
import { dailyExports, immutableSetting, settingRefused, unsupportedEntity } from "./settings";
import { foreignStatementsLost, hybridDropped, policyTooLarge } from "./shared-policies";
import { conflictingProperties, sharedPropertyChanged } from "./shared-properties";
import { sourceAwsManagedKey, sourceRecoveryOff, sourceTableLost } from "./source-tables";
import { requiredStatementLost } from "./statements";
import { tableLayoutChanged } from "./table-layouts";
import { regionNotListed, targetRefused } from "./target-shapes";
import { targetLocationChanged, targetLost, targetWithoutLocation } from "./targets";
import { unknownValue } from "./unknown";
import { caseSensitivityOff, serverlessPolicy } from "./warehouses";
import { policyWidened } from "./widening";

/** Every rule: of integrations, of sources, of targets, of what they share, of policies, of quotas, of what is not known. */
export const REVIEW_RULES: readonly ReviewRule[] = [
  integrationReplaced,
  integrationDestroyed,
  integrationUnwell,
  integrationsCollide,
  settingRefused,
  immutableSetting,
  settingKept,
  dailyExports,
  unsupportedEntity,
  sourceTableLost,
  sourceRecoveryOff,
  sourceAwsManagedKey,
  targetLost,
  targetLocationChanged,
  targetWithoutLocation,
  targetRefused,
  regionNotListed,
  lakeFormationWithoutGrants,
  caseSensitivityOff,
  serverlessPolicy,
  roleLost,
  keyLost,
  tableLayoutChanged,
  sharedPropertyChanged,
  conflictingProperties,
  requiredStatementLost,
  foreignStatementsLost,
  hybridDropped,
  policyWidened,
  policyTooLarge,
  accountQuota,
  sourceQuota,
  targetQuota,
  manyOnOneTarget,
  checkFailed,
  checkUnknown,
  unknownValue,
];
