/** In practice: what can be let go wrong at a press, and what one then sees. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { type PracticeScenario, practiceScenarios } from '../../../../contract/practice.ts';
import { useApi } from '../../api/api-context.tsx';
import { presentError } from '../../copy/present-error.ts';
import { useFlash } from '../../ui/flash.tsx';
import { scenarioWords } from './scenario-words.ts';
import './practice-scenarios.css';

export function PracticeScenarios() {
  const api = useApi();
  const flash = useFlash();
  const [running, setRunning] = useState<PracticeScenario | null>(null);
  const run = async (scenario: PracticeScenario) => {
    setRunning(scenario);
    const answer = await api.call('practice.run', { scenario });
    setRunning(null);
    if (!answer.ok) {
      const { severity, title, explanation, nextStep } = presentError(answer.error);
      flash.show({ id: 'practice', type: severity, header: title, content: `${explanation} ${nextStep}` });
      return;
    }
    const { done, next } = scenarioWords(scenario, answer.value.facts);
    flash.show({ id: 'practice', type: 'success', header: done, content: next });
  };
  return (
    <section>
      <Box variant="h3" padding={{ top: 's' }}>
        Try what can go wrong
      </Box>
      <ul className="scenarios">
        {practiceScenarios.map((scenario) => {
          const { button, about } = scenarioWords(scenario, {});
          return (
            <li key={scenario}>
              <SpaceBetween size="xxs">
                <Button
                  loading={running === scenario}
                  loadingText={button}
                  onClick={() => void run(scenario)}
                >
                  {button}
                </Button>
                <Box color="text-body-secondary" fontSize="body-s">
                  {about}
                </Box>
              </SpaceBetween>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
