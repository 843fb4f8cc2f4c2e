using KkmpBot.Dialogs.Loading;
using KkmpBot.Dialogs.Model;

namespace KkmpBot.Dialogs.Checks.Names;

/// <summary>Memory is typed with known types and does not hide a fact: D020, D024.</summary>
internal static class SlotChecks
{
    public static void Check(LoadedFiles files, ErrorList errors)
    {
        var vocabulary = files.Catalog.Vocabulary;
        foreach (var slot in files.Catalog.Dialogs.Values.SelectMany(dialog => dialog.Memory.Values))
        {
            if (slot.Type is null)
            {
                var known = DialogType.Scalars.Keys.Concat(vocabulary.Types.Keys);
                errors.Add(slot.Spot, "D020", $"there is no type '{slot.TypeName}'{NearestName.Hint(slot.TypeName, known)}");
            }

            if (vocabulary.Facts.ContainsKey(slot.Name))
            {
                errors.Add(slot.Spot, "D024", $"'{slot.Name}' is a fact that is always known; give the slot another name");
            }
        }
    }
}
