/** Light, dark, or as the system has it. */
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useEffect } from 'react';
import type { Theme } from '../../../contract/settings.ts';

export function useTheme(theme: Theme): void {
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const isDark = theme === 'dark' || (theme === 'system' && dark.matches);
      applyMode(isDark ? Mode.Dark : Mode.Light);
      document.documentElement.dataset.mode = isDark ? 'dark' : 'light';
    };
    apply();
    dark.addEventListener('change', apply);
    return () => dark.removeEventListener('change', apply);
  }, [theme]);
}
