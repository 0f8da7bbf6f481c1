import { currentRelease } from '../../warehouse/release-folder.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { readContracts } from '../contract/contract.ts';
import { listTable } from '../print/list-table.ts';
import { printTable } from '../print/print-table.ts';
import type { DecisionAction } from '../quarantine/decision.ts';
import { decide, type Decided } from '../quarantine/decide.ts';
import { onStore } from '../quarantine/list.ts';
import { releaseFolder, temporaryFolder } from '../workspace/folders.ts';
import { workspaceOf, type ExitCode, type Invocation } from './invocation.ts';
import { filterOf, foldersOf, type QuarantineFilterOptions } from './quarantine.ts';
import { userName } from './quarantine-show.ts';

export interface QuarantineDecideOptions extends QuarantineFilterOptions {
  readonly reason: string;
  readonly by?: string;
}

/** `himsight quarantine accept`, `discard` and `reopen`: a decision about refused rows, with its reason. */
export const quarantineDecideCommand =
  (action: DecisionAction) =>
  async (invocation: Invocation, id: string | undefined, options: QuarantineDecideOptions): Promise<ExitCode> => {
    const workspace = workspaceOf(invocation);
    const filter = { ...filterOf(options, workspace), ...(id === undefined ? {} : { id }) };
    const { reason, by = userName() } = options;
    const decided = await withBuildLock(releaseFolder(workspace), () =>
      onStore(
        (connection) =>
          decide(connection, { action, reason, by, filter, contracts: readContracts(), ...foldersOf(workspace) }),
        temporaryFolder(workspace),
      ),
    );
    const { decision, rows } = decided;
    const { selection, ...said } = decision;
    const row = { ...said, ...selection, rows };
    await printTable(invocation.output, {
      table: listTable(
        ['id', 'at', 'by', 'action', 'reason', 'source', 'contract', 'files', 'line', 'rules', 'rows'],
        [row],
      ),
      about: { release: currentRelease(releaseFolder(workspace)) },
      text: sentence(decided),
    });
    return 0;
  };

const sentence = ({ decision: { id, action, selection }, rows }: Decided): string => {
  const which = `${rows.toLocaleString('en-US')} refused ${rows === 1 ? 'row' : 'rows'} of source ${selection.source}${selection.rules ? ` by ${selection.rules.join(', ')}` : ''}`;
  const next = `the next run does so, \`himsight quarantine replay --source ${selection.source}\` at once`;
  switch (action) {
    case 'accept':
      return `Decision ${id}: ${which} may land; ${next}.\n`;
    case 'discard':
      return `Decision ${id}: ${which} ${rows === 1 ? 'is' : 'are'} discarded and hold no batch any more. What had been accepted is taken out again; ${next}.\n`;
    case 'reopen':
      return `Decision ${id}: ${which} ${rows === 1 ? 'is' : 'are'} judged as if nothing had been decided; ${next}.\n`;
  }
};
