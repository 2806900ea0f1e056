'use client';

import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useTranslations } from 'next-intl';
import { buttonClass } from '@/app/_ui/button';

interface Props {
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly confirm: () => void;
}

/** Asks before work is thrown away. */
export function ResetDialog({ isOpen, close, confirm }: Props) {
  const t = useTranslations('lab');
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && close()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-text/20" />
        <AlertDialog.Popup className="fixed top-1/3 left-1/2 z-50 w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 rounded border border-line bg-panel p-5 shadow-(--shadow)">
          <AlertDialog.Title className="font-semibold text-lg">{t('resetTitle')}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-quiet">
            {t('resetText')}
          </AlertDialog.Description>
          <div className="mt-4 flex justify-end gap-2">
            <AlertDialog.Close className={buttonClass('plain')}>{t('cancel')}</AlertDialog.Close>
            <button type="button" onClick={confirm} className={buttonClass('primary')}>
              {t('resetConfirm')}
            </button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
