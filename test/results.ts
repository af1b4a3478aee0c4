// What the reports of the suites say: how many tests passed, and which failed.
export interface Results {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Names of those that failed, each with the first line of why where the report says it. */
  readonly failures: readonly string[];
}

export const NO_RESULTS: Results = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function added(results: readonly Results[]): Results {
  const sum = (of: 'passed' | 'failed' | 'skipped') => results.reduce((before, each) => before + each[of], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: results.flatMap(({ failures }) => failures),
  };
}

/** Vitest's JSON report. A file that can't be loaded has no tests in it; it counts as one that failed. */
export function vitestResults(text: string): Results {
  const report: {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: {
      name: string;
      status: string;
      message: string;
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  } = JSON.parse(text);
  const brokenFiles: string[] = [];
  const failures: string[] = [];
  for (const { name, status, message, assertionResults } of report.testResults) {
    const failed = assertionResults.filter((result) => result.status === 'failed');
    if (status === 'failed' && failed.length === 0) brokenFiles.push(`${name}: ${message}`);
    for (const { fullName, failureMessages } of failed)
      failures.push(`${name} > ${fullName}: ${firstLine(failureMessages[0] ?? '')}`);
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests,
    failures: [...brokenFiles, ...failures],
  };
}

/** One line of JSON a test, as test/host/runner.ts writes it. */
export function lineResults(text: string): Results {
  const tests: { test: string; passed: boolean }[] = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const failures = tests.filter(({ passed }) => !passed).map(({ test }) => test);
  return { passed: tests.length - failures.length, failed: failures.length, skipped: 0, failures };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
