import { FileButton } from "@mantine/core";
import { IconFolderOpen } from "@tabler/icons-react";
import { useRef, type ReactNode } from "react";
import { Button, PrimaryButton } from "./Button";
import type { Combo } from "./hotkey";
import "./FilesButton.css";

interface FilesButtonProps {
  children: ReactNode;
  onFiles: (files: readonly File[]) => void;
  /** Only one can be chosen. */
  single?: boolean;
  /** It is the main act of the screen. */
  main?: boolean;
  /** Keys that press it from anywhere in the window; shown on it. */
  shortcut?: Combo;
}

/**
 * Lets one or several files be chosen from the computer. The system’s window lists all of them: what a file is its bytes say,
 * and that window may know no name for the sort, or offer no way to the rest.
 */
export function FilesButton(props: FilesButtonProps) {
  const { children, onFiles, single = false, main = false, shortcut } = props;
  const forget = useRef<() => void>(null);
  const Press = main ? PrimaryButton : Button;
  const chosen = (files: File[] | File | null) => {
    onFiles(files === null ? [] : [files].flat());
    // The same files may be chosen once more.
    forget.current?.();
  };
  return (
    <FileButton multiple={!single} onChange={chosen} resetRef={forget}>
      {({ onClick }) => (
        <Press
          onClick={onClick}
          leftSection={<IconFolderOpen size="1rem" stroke={1.8} />}
          {...(shortcut ? { shortcut } : {})}
        >
          {children}
        </Press>
      )}
    </FileButton>
  );
}
