import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "../../components/new-password";
import { refusedPassword } from "../../components/NewPassword";
import { useCommand } from "../../host/use-command";
import { useSession } from "../../host/session";

/** The three fields of a change of one's own password, their troubles, and the way to send it. */
export function useChangePassword(onDone: () => void) {
  const { t } = useTranslation();
  const change = useCommand("change_password");
  const session = useSession();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const [repeat, setRepeat] = useState("");
  const [told, setTold] = useState(false);
  const names = [session?.name ?? "", session?.clinic ?? ""];
  const again = <V>(set: (value: V) => void) => {
    return (value: V) => {
      change.reset();
      set(value);
    };
  };
  const send = () => {
    setTold(true);
    if (!old || faultOf(fresh, names) || fresh !== repeat) return;
    change.mutate({ old, new: fresh }, { onSuccess: onDone });
  };
  const wrongOld = change.error?.code === "not_recognised";
  const fault = refusedPassword(change.error);
  return {
    send,
    names,
    told,
    busy: change.isPending,
    old: { value: old, onChange: again(setOld), error: wrongOld ? t("password.wrong_old") : null },
    fresh: { value: fresh, onChange: again(setFresh), refused: fault },
    repeat: {
      value: repeat,
      onChange: again(setRepeat),
      error:
        (told || repeat.length >= fresh.length) && repeat !== "" && repeat !== fresh
          ? t("password.differs")
          : null,
    },
    /** What is told as a whole, not at a field. */
    refused: wrongOld || fault ? null : change.error,
  };
}
